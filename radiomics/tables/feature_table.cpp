#include "radiomics/tables/feature_table.h"

namespace radiomics {

std::string column_name(const FeatureTable::Column& column) {
  std::string name = column.image_type;
  ((name += '_') += column.family) += '_';
  return (name += column.definition.name) += column_suffix(column.aggregation);
}

}  // namespace radiomics
