#include "radiomics/statistics/cox.h"
namespace radiomics {
std::string_view to_string(Ties ties) { return ties == Ties::efron ? "efron" : ties == Ties::breslow ? "breslow" : "exact"; }
}
