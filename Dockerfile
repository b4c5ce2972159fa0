# The program radiomics in a container, built from the packages of Debian 12; see docs/cluster.md.
#   docker build --tag radiomics .
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/data" radiomics batch export/ --output results/

FROM debian:12 AS build
WORKDIR /source
# On its own, so that a change of the sources does not install everything anew.
COPY scripts/install_dependencies scripts/
RUN scripts/install_dependencies program
COPY . .
RUN cmake --preset release -DRADIOMICS_BUILD_SAMPLES=OFF -DRADIOMICS_BUILD_TESTS=OFF -DRADIOMICS_BUILD_VIEWER=OFF \
    && cmake --build --preset release \
    && build/release/cli/radiomics selftest \
    && install --strip -D build/release/cli/radiomics /program/bin/radiomics \
    && install -D --mode=644 LICENSE /program/share/doc/radiomics/LICENSE

FROM debian:12-slim
COPY scripts/install_dependencies /tmp/
RUN /tmp/install_dependencies run \
    && rm -rf /tmp/install_dependencies /var/cache/apt /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home radiomics
COPY --from=build /program /usr/local
ENV LANG=C.UTF-8
USER radiomics
WORKDIR /data
ENTRYPOINT ["radiomics"]
CMD ["--help"]
