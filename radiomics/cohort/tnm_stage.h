#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace radiomics {

// Stage of lung cancer as people write it: "T2a", "cT2", "2", "pN1", "IIIb", "limited".

/// Editions of the TNM classification of lung tumours whose groups differ.
enum class TnmEdition { seventh = 7, eighth = 8 };

/// "T2a" of "cT2A", "2a", "ypT2a", "T2a(2)" (two tumours). Nothing for what no edition has (T5) and
/// what was not assessed (TX).
std::optional<std::string> t_category(std::string_view text);
std::optional<std::string> n_category(std::string_view text);  ///< "N0" ... "N3"
std::optional<std::string> m_category(std::string_view text);  ///< "M0", "M1", "M1a" ...

/// "IIIB" of "stage IIIb", "3B"; occult and 0 too; "I-II" of a range.
std::optional<std::string> stage_group(std::string_view text);

/// "limited" or "extensive" of "LD", "LS-SCLC", "Limited disease", "L", "ED" ... (Veterans'
/// Administration Lung Study Group). Nothing for what is finer ("very limited").
std::optional<std::string> disease_extent(std::string_view text);

/// Without the letters that divide it: "T2" of "T2a", "M1" of "M1b".
std::string main_category(std::string_view category);

/// "III" of "IIIB", "I" of "IA2".
std::string main_group(std::string_view group);

/// The group of three categories. Nothing where they do not settle it: T2 without a letter is IB or
/// IIA without nodes; in the 7th edition with N1 it is II, which of IIA and IIB is open.
/// \source 7th edition: Goldstraw et al. 2007, doi:10.1097/JTO.0b013e31812f3c1a; 8th: Goldstraw et
///         al. 2016, doi:10.1016/j.jtho.2015.09.009
std::optional<std::string> group_of(std::string_view t, std::string_view n, std::string_view m,
                                    TnmEdition edition);

/// Whether a group as it is stated (II, a range I-II) has room for one that categories make (IIA).
/// IIIA and IIIB do not agree: T3 N2 is the one in the 7th edition and the other in the 8th. The
/// digits of IA1 to IA3, which change no group that is reported, are not compared.
bool agree(std::string_view stated, std::string_view group);

/// Categories and groups that came with the 8th edition: T1mi, T1c, M1c, IA1 to IA3, IIIC, IVA,
/// IVB; or a range with one of them.
bool is_of_8th_only(std::string_view code);

/// Limited without distant metastasis (M0), extensive with (M1): the proposal of the IASLC for
/// small-cell lung cancer. \source Micke et al. 2002, doi:10.1016/S0169-5002(02)00072-7; Shepherd
/// et al. 2007, doi:10.1097/JTO.0b013e31815bdc0d
std::string extent_of(std::string_view m);

}  // namespace radiomics
