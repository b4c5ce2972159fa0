#include "radiomics/io/byte_archive.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace radiomics {
namespace {

/// What is read where a value was written, with nothing left over.
template <class T>
T back(const T& value) {
  ByteWriter writer;
  writer(value);
  ByteReader reader(writer.bytes(), writer.tables());
  T result = reader.next<T>();
  EXPECT_TRUE(reader.good() && reader.at_end());
  return result;
}

TEST(ByteArchive, NumbersComeBack) {
  for (const std::uint64_t value : {0UL, 1UL, 127UL, 128UL, 16383UL, 16384UL, 1UL << 63, ~0UL})
    EXPECT_EQ(back(value), value);
  for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t(-65),
                                   std::int64_t(-1), std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(back(value), value);
  for (const int value : {std::numeric_limits<int>::min(), -1, 0, 512})
    EXPECT_EQ(back(value), value);
  for (const bool value : {true, false}) EXPECT_EQ(back(value), value);
  for (const double value : {0.1, -1e308, 5e-324, std::numeric_limits<double>::infinity()})
    EXPECT_EQ(back(value), value);
  EXPECT_TRUE(std::signbit(back(-0.0)));
}

TEST(ByteArchive, SmallNumbersTakeOneByte) {
  ByteWriter writer;
  writer(63, -64, std::uint64_t(127), true);
  EXPECT_EQ(writer.bytes().size(), 4u);
}

TEST(ByteArchive, TextsAndListsComeBack) {
  using Texts = std::vector<std::string>;
  const std::string odd("a\0\xff\n", 4);
  EXPECT_EQ(back(odd), odd);
  EXPECT_EQ(back(Texts{"", odd, std::string(300, 'x')}), (Texts{"", odd, std::string(300, 'x')}));
  EXPECT_EQ(back(std::optional<int>()), std::nullopt);
  EXPECT_EQ(back(std::optional(-7)), -7);
  EXPECT_EQ(back(std::array{1.5, 2.5}), (std::array{1.5, 2.5}));
  const TextList list({"", std::string(200, 'y'), odd});
  EXPECT_EQ(back(list), list);
}

TEST(ByteArchive, SharedValuesAreWrittenOnce) {
  const Shared<std::string> uid = std::string(64, '1');
  ByteWriter writer;
  for (int i = 0; i < 10; ++i) writer(uid);
  EXPECT_EQ(writer.bytes().size(), 10u);
  EXPECT_EQ(writer.tables().texts, std::vector{uid});
  EXPECT_EQ(back(uid), uid);
  EXPECT_EQ(back(Shared<std::vector<std::string>>({"A", "B"}))->size(), 2u);
}

TEST(ByteArchive, NothingIsReadBeyondTheEnd) {
  const SharedTables none;
  const auto fails = [&]<class T>(const std::string& bytes, T value) {
    ByteReader reader(bytes, none);
    reader(value);
    return !reader.good();
  };
  EXPECT_TRUE(fails("", std::uint64_t()));
  EXPECT_TRUE(fails("\x80", std::uint64_t()));
  EXPECT_TRUE(fails(std::string(20, '\xff'), std::uint64_t()));  // longer than any number
  EXPECT_TRUE(fails("1234567", double()));
  EXPECT_TRUE(fails("\x02", bool()));
  EXPECT_TRUE(
      fails("\x03"
            "ab",
            std::string()));
  EXPECT_TRUE(
      fails("\xff\xff\xff\xff\x7f"
            "ab",
            std::string()));
  EXPECT_TRUE(fails("\xff\xff\xff\xff\x7f", std::vector<std::string>()));
  EXPECT_TRUE(fails(std::string("\x00", 1), Shared<std::string>()));  // an empty table
  EXPECT_TRUE(fails("\xff\xff\xff\xff\x7f", int()));                  // does not fit
  EXPECT_FALSE(
      fails("\x02"
            "ab",
            std::string()));
}

TEST(TextList, HoldsAnyTexts) {
  const std::vector<std::string> texts{
      "", "a", std::string(127, 'b'), std::string(128, 'c'), "\x80", std::string(20000, 'd'), ""};
  const TextList list(texts);
  ASSERT_EQ(list.size(), texts.size());
  EXPECT_FALSE(list.empty());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(list[i], texts[i]);
  EXPECT_TRUE(TextList().empty());
  EXPECT_TRUE(TextList(std::vector<std::string>()).empty());
}

TEST(SharedValue, IsOneValueForAll) {
  const Shared<std::string> a = std::string("1.2.3"), copy = a, other = std::string("1.2.3");
  EXPECT_EQ(&*a, &*copy);
  EXPECT_NE(&*a, &*other);
  EXPECT_EQ(a, other);
  EXPECT_EQ(a, "1.2.3");
  EXPECT_EQ(Shared<std::string>(), "");
  EXPECT_NE(a, Shared<std::string>());
}

}  // namespace
}  // namespace radiomics
