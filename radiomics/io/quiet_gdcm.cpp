#include "radiomics/io/quiet_gdcm.h"

#include <mutex>

#include <gdcmTrace.h>

namespace radiomics {

void quieten_gdcm() {
  static std::once_flag once;
  std::call_once(once, [] {
    gdcm::Trace::DebugOff();
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
  });
}

}  // namespace radiomics
