#include "radiomics/core/file_lock.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace radiomics {
namespace {

TEST(FileLock, KeepsOthersOutWhileItLives) {
  const TemporaryFolder folder;
  const auto file = folder / ".lock";
  {
    const FileLock lock(file);
    ASSERT_TRUE(lock.is_held());
    EXPECT_ERROR(FileLock(file), ErrorKind::folder_in_use, "another run");
  }
  EXPECT_TRUE(FileLock(file).is_held());
}

TEST(FileLock, ProcessThatIsKilledGivesItBack) {
  const TemporaryFolder folder;
  const auto file = folder / ".lock";
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t other = fork();
  if (other == 0) {
    const FileLock lock(file);
    if (write(ready[1], "1", 1) == 1) pause();
    _exit(1);
  }
  char byte = 0;
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_ERROR(FileLock(file), ErrorKind::folder_in_use, "another run");
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  EXPECT_TRUE(FileLock(file).is_held());
  close(ready[0]);
  close(ready[1]);
}

TEST(FileLock, FolderThatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_ERROR(FileLock(folder / "no/.lock"), ErrorKind::unwritable_output, "no/.lock");
}

}  // namespace
}  // namespace radiomics
