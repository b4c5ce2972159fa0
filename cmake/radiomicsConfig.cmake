# find_package(radiomics) gives radiomics::radiomics. The project that calls it must enable C, too:
# ITK's check of HDF5 needs it.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(DCMTK 3.6.7)
find_dependency(ITK 5.2 COMPONENTS ITKCommon ITKGDCM ITKIOImageBase ITKIOMeta ITKIONIFTI ITKIONRRD
                                   ITKZLIB)
find_dependency(yaml-cpp 0.7)
find_dependency(PkgConfig)
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo>=1.16)
include(${CMAKE_CURRENT_LIST_DIR}/radiomicsTargets.cmake)
