#include "radiomics/io/dicom_uid.h"

#include <gtest/gtest.h>

namespace radiomics {
namespace {

// The first 16 bytes of the SHA-256 with version and variant set, as one number: computed by
// Python's hashlib and int.
TEST(DicomUid, IsTheNumberOfAHash) {
  EXPECT_EQ(dicom_uid("radiomics"), "2.25.260827488207484379947874028574634398679");
}

TEST(DicomUid, IsAnotherForAnotherThing) {
  EXPECT_NE(dicom_uid("a"), dicom_uid("b"));
  for (const char* thing : {"", "a", "b", "c", "d"}) EXPECT_LE(dicom_uid(thing).size(), 44u);
}

}  // namespace
}  // namespace radiomics
