#include "samples/identity.h"

#include <array>
#include <cstdint>
#include <set>

#include "radiomics/core/text.h"
#include "radiomics/io/dicom_uid.h"
#include "samples/random.h"

namespace radiomics::samples {
namespace {

constexpr std::uint64_t seed = 0x1de47171;

constexpr std::array<const char*, identity_count> names{
    "Quimbleford^Aldusine",   "Grünspechtel^Öttokar",  "Wobblethorpe^Ingmaretta",
    "Snickelway^Barnabout",   "Fernsprocket^Odelinda", "Tumblewick^Rupertine",
    "Hazzlegrove^Phineasta",  "Mumblecrust^Drusillo",  "Yarrowquist^Leopolda",
    "Brindlefax^Cosimund",    "Doodlebach^Wilhelmo",   "Peppermarch^Euphemio",
    "Zwiebelturm^Kunigard",   "Larkenspoon^Thaddeusa", "Noddlesham^Philippo",
    "Crumplehorn^Isadorus",   "Vexelmeyer^Baldurine",  "Thistlebonk^Marigoldo",
    "Oggelthwaite^Sebastina", "Jinglehoff^Perpetuo",   "Kettlespritz^Amandrus",
    "Rumplemoor^Clementio",   "Umberfiddle^Gwendolus", "Appelsnoot^Hieronyma"};

constexpr std::array<const char*, identity_count> sexes{"F", "M", "F", "M", "F", "M", "M", "M",
                                                        "F", "M", "M", "F", "F", "M", "M", "M",
                                                        "M", "F", "F", "M", "M", "M", "F", "F"};

struct Centre {
  const char* institution;
  const char* address;
  const char* physician;
  const char* operators;
  const char* station;
  const char* serial;
};

constexpr std::array<Centre, 3> centres{
    {{"Nonesuch General Hospital", "1 Nowhere Lane, Nonesuch", "Pumpernickle^Ptolemea",
      "Switchwhistle^Ned", "NONESUCHCT1", "NSG-771204"},
     {"Erewhon University Clinic", "22 Mirror Road, Erewhon", "Blatherskite^Cornelio",
      "Knobturner^Ada", "EREWHONCT7", "ERW-003961"},
     {"Lilliput County Infirmary", "5 Thimble Street, Mildendo", "Wigglesbottom^Hildegund",
      "Plugsworth^Ike", "LILLIPUTCT2", "LPC-558830"}}};

/// Digits that look like a number of a register.
std::string digits(std::uint64_t stream, int number, int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += char('0' + hashed(hashed(seed, stream), 64 * number + i) % 10);
  return text;
}

int between(int low, int high, std::uint64_t stream, int number) {
  return low + int(hashed(hashed(seed, stream), number) % (high - low + 1));
}

std::string two_digits(int value) { return {char('0' + value / 10), char('0' + value % 10)}; }

std::string day_of_year(std::uint64_t stream, int number) {
  return two_digits(between(1, 12, stream, number)) +
         two_digits(between(1, 28, stream + 1, number));
}

}  // namespace

Identity identity_of(int number, int age) {
  const Centre& centre = centres[number % 3];
  const std::string study_day = day_of_year(10, number), birthday = day_of_year(20, number);
  const int study_year = between(2011, 2016, 12, number);
  const int birth_year = study_year - age - (birthday > study_day ? 1 : 0);
  return {.name = names[number - 1],
          .patient_id = "SYN-" + digits(1, number, 7),
          .other_id = "OLD" + digits(2, number, 8),
          .birth_date = to_text(birth_year) + birthday,
          .sex = sexes[number - 1],
          .age = age,
          .study_date = to_text(study_year) + study_day,
          .accession = "ACC" + digits(3, number, 9),
          .study_id = digits(4, number, 4),
          .institution = centre.institution,
          .address = centre.address,
          .physician = centre.physician,
          .operators = centre.operators,
          .station = centre.station,
          .serial = centre.serial};
}

std::vector<std::string> planted_texts(const Identity& identity) {
  std::vector<std::string> texts{identity.patient_id, identity.other_id,  identity.birth_date,
                                 identity.study_date, identity.accession, identity.institution,
                                 identity.address,    identity.station,   identity.serial};
  for (const std::string& name : {identity.name, identity.physician, identity.operators}) {
    texts.push_back(name);
    for (const std::string& part : split(name, '^'))
      if (part.size() > 3) texts.push_back(part);  // "Ned" is part of many words
  }
  return texts;
}

std::string uid(std::string_view thing) {
  return dicom_uid("radiomics samples: " + std::string(thing));
}

}  // namespace radiomics::samples
