#pragma once

namespace radiomics {

/// Switches GDCM's messages off, once for the process: what it finds wrong becomes one line of
/// ours. Internal to io.
void quieten_gdcm();

}  // namespace radiomics
