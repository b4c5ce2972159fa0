#include "radiomics/tables/json_writer.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace radiomics {
namespace {

TEST(JsonWriter, WritesWhatAParserReads) {
  JsonWriter json;
  json.begin_object().member("a", 1).member("b", std::vector<double>{0.1, 1 / 3.0, 1e300});
  json.key("c")
      .begin_array()
      .begin_object()
      .member("t", true)
      .end_object()
      .begin_object()
      .end_object();
  json.end_array().text_or_null("d", "").text_or_null("e", "x").member("f",
                                                                       std::vector<std::string>{});
  json.member("g", std::string("q\"\\\n\x01\x7f\xc3\xa9")).end_object();
  const auto read = nlohmann::json::parse(json.text());
  EXPECT_EQ(read, nlohmann::json::parse(R"({"a": 1, "b": [0.1, 0.33333333333333331, 1e300],
      "c": [{"t": true}, {}], "d": null, "e": "x", "f": [], "g": "q\"\\\n\u0001\u007fé"})"));
  EXPECT_EQ(read.at("b")[1].get<double>(), 1 / 3.0) << "every bit";
}

TEST(JsonWriter, UndefinedAndInfiniteAreNull) {
  const double infinite = std::numeric_limits<double>::infinity();
  JsonWriter json;
  json.value(std::vector<double>{infinite, -infinite, infinite - infinite});
  EXPECT_EQ(json.text(), "[null, null, null]\n");
}

TEST(JsonWriter, PutsKeysAndContainersOnLines) {
  JsonWriter json;
  json.begin_object()
      .key("rows")
      .begin_array()
      .value(std::vector<int>{1, 2})
      .value(std::vector<int>{3});
  json.end_array().end_object();
  EXPECT_EQ(json.text(), "{\n \"rows\": [\n  [1, 2],\n  [3]\n ]\n}\n");
}

}  // namespace
}  // namespace radiomics
