#include "radiomics/cohort/endpoint.h"

#include <cmath>

#include <gtest/gtest.h>

#include "radiomics/cohort/horizon.h"
#include "radiomics/core/error.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

TEST(Endpoint, IsParsed) {
  const auto plain = parse_endpoint("OS:time=os_months,event=os_event");
  EXPECT_EQ(plain.name, "OS");
  EXPECT_EQ(plain.time, "os_months");
  EXPECT_EQ(plain.event, "os_event");
  EXPECT_EQ(plain.event_value + plain.censor_value + plain.competing, "10");
  const auto full =
      parse_endpoint("L-R_1:event=s,time=t,censor-value=alive,event-value=dead,competing=other");
  EXPECT_EQ(full.event_value + full.censor_value + full.competing, "deadaliveother");
  for (const char* wrong :
       {"", "OS", "OS:", "OS:time=t", "OS:event=e", ":time=t,event=e", "a/b:time=t,event=e",
        "OS:time=t,event=e,foo=1", "OS:time=t,time=u,event=e", "OS:time=,event=e",
        "OS:time=t,event=e,x", "OS:time=t,event=e,event-value=0", "OS:time=t,event=e,competing=1"})
    EXPECT_THROW(parse_endpoint(wrong), Error) << wrong;
}

class OutcomeTest : public testing::Test {
 protected:
  Outcome read(const std::string& text, const std::string& endpoint) {
    return read_outcome(read_cohort({.clinical = folder_.write("c.csv", text)}),
                        parse_endpoint(endpoint));
  }
  std::string error_of(const std::string& text, const std::string& endpoint) {
    try {
      read(text, endpoint);
    } catch (const Error& error) {
      return std::string(to_string(error.kind())) + ": " + error.what();
    }
    return "accepted";
  }
  TemporaryFolder folder_;
};

TEST_F(OutcomeTest, ReadsCodes) {
  const auto outcome = read("t,e\n1,1\n0,0\nNA,1.0\n4,\n", "E:time=t,event=e");
  EXPECT_EQ(outcome.status,
            (std::vector<Status>{Status::event, Status::censored, Status::event, Status::missing}));
  EXPECT_EQ(outcome.time[1], 0);
  EXPECT_TRUE(std::isnan(outcome.time[2]));
  EXPECT_EQ(
      read("t,e\n1,dead\n2,alive\n", "E:time=t,event=e,event-value=dead,censor-value=alive").status,
      (std::vector<Status>{Status::event, Status::censored}));
  EXPECT_EQ(read("t,e\n1,2\n2,1\n", "E:time=t,event=e,competing=2").status,
            (std::vector<Status>{Status::competing, Status::event}));
}

TEST(Endpoint, CompositeIsParsed) {
  const auto spec = parse_composite("PFS=lr_t/lr,\"dm, months\"/dm,os_t/\"died/lost\"");
  EXPECT_EQ(spec.name, "PFS");
  EXPECT_FALSE(spec.has_competing());
  EXPECT_EQ(outcome_columns({spec}),
            (std::vector<std::string>{"lr_t", "lr", "dm, months", "dm", "os_t", "died/lost"}));
  for (const char* wrong : {"", "PFS", "PFS=t/e", "PFS=t/e,", "PFS=t/e,u", "PFS=t/e,u/", "=t/e,u/f",
                            "P/S=t/e,u/f", "PFS=t,u/f", "PFS=t/e,u/f/g"})
    EXPECT_THROW(parse_composite(wrong), Error) << wrong;
}

// By hand: the first event of either; without one the earliest of the last times.
TEST_F(OutcomeTest, OfACompositeTheFirstEventCounts) {
  const auto outcome = read_outcome(
      read_cohort({.clinical = folder_.write("c.csv",
                                             "t,e,u,f\n8,1,20,1\n10,0,14,1\n12,1,9,0\n10,0,30,0\n"
                                             "5,0,5,1\n6,1,,1\n7,NA,9,1\n")}),
      parse_composite("PFS=t/e,u/f"));
  using enum Status;
  EXPECT_EQ(outcome.status,
            (std::vector<Status>{event, event, event, censored, event, missing, missing}));
  const std::vector<double> known(outcome.time.begin(), outcome.time.begin() + 5);
  EXPECT_EQ(known, (std::vector<double>{8, 14, 12, 10, 5}));
  EXPECT_TRUE(std::isnan(outcome.time[5]) && std::isnan(outcome.time[6])) << "nothing is guessed";
}

TEST_F(OutcomeTest, NeverGuesses) {
  EXPECT_TRUE(error_of("t,e\n1,1\n2,2\n", "E:time=t,event=e")
                  .starts_with("event_code: c.csv:3:e: '2' is none of 0 (censored), 1 (event); "));
  EXPECT_NE(error_of("t,e\n1,1\n2,2\n", "E:time=t,event=e").find("event-value"), std::string::npos);
  EXPECT_TRUE(error_of("t,e\n1,2\n2,1\n", "E:time=t,event=e,event-value=2")
                  .starts_with("event_code: c.csv:3"))
      << "the other code is not guessed either";
  EXPECT_TRUE(error_of("t,e\n1,dead\n", "E:time=t,event=e").starts_with("event_code: c.csv:2:e"));
  EXPECT_TRUE(error_of("t,e\n1,TRUE\n", "E:time=t,event=e").starts_with("event_code"));
  EXPECT_TRUE(error_of("t,e\n1,1\n-3,0\n", "E:time=t,event=e")
                  .starts_with("negative_time: c.csv:3:t: time -3"));
  EXPECT_TRUE(error_of("t,e\nx,1\n", "E:time=t,event=e").starts_with("not_numeric: c.csv:2:t"));
  EXPECT_TRUE(error_of("t,e\ninf,1\n", "E:time=t,event=e").starts_with("nonfinite: c.csv:2:t"));
  EXPECT_TRUE(error_of("T,e\n1,1\n", "E:time=t,event=e").starts_with("column_not_found"));
}

TEST(Horizon, IsParsedInTheUnitOfTheColumn) {
  EXPECT_EQ(parse_horizon("24", {}), 24);
  EXPECT_EQ(parse_horizon("24", TimeUnit::days), 24);
  EXPECT_EQ(parse_horizon("2y", TimeUnit::months), 24);
  EXPECT_EQ(parse_horizon("24m", TimeUnit::days), 730.5);
  EXPECT_EQ(parse_horizon("24m", TimeUnit::years), 2);
  EXPECT_EQ(parse_horizon("730.5d", TimeUnit::months), 24);
  for (const char* wrong : {"", "m", "-1", "24w", "1,5", "nan", "inf", "24 m"})
    EXPECT_THROW(parse_horizon(wrong, TimeUnit::days), Error) << wrong;
  EXPECT_THROW(parse_horizon("24m", {}), Error) << "the unit of the column is needed";
  EXPECT_EQ(parse_time_unit("years"), TimeUnit::years);
  EXPECT_FALSE(parse_time_unit("weeks"));
}

}  // namespace
}  // namespace radiomics
