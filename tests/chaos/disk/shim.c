/*
 * Stands between a program and its file system (LD_PRELOAD): notes every change below one folder, lets calls fail, ends the program
 * at a given call, and shows it another time of day. What is asked for stands in a small shared file (control.ts); what was done
 * goes to a log (record.ts). Linux and glibc only.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "shim.h"

enum { CREATED = 1, WRITTEN, SIZED, SYNC_BEGAN, SYNC_ENDED, RENAMED, UNLINKED, MADE, REMOVED, LINKED };

struct control *control;
static char root[PATH_MAX];
static size_t root_length;
static int log_fd = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static __thread uint32_t random_state;

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("SHIM_ROOT"), *log = getenv("SHIM_LOG"), *shared = getenv("SHIM_CONTROL");
  if (!folder || !shared || strlen(folder) >= sizeof root) return;
  int fd = syscall(SYS_openat, AT_FDCWD, shared, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (memory == MAP_FAILED) return;
  if (log) log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  strcpy(root, folder);
  root_length = strlen(root);
  control = memory;
  start_clock();
}

static int below(const char *path) {
  return control && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

static int path_of(int fd, char *path) {
  char link[64];
  if (!control || fd < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return below(path);
}

static int full(int folder, const char *name, char *path) {
  if (!control || !name) return 0;
  if (name[0] == '/') {
    if (strlen(name) >= PATH_MAX) return 0;
    strcpy(path, name);
  } else {
    char base[PATH_MAX];
    if (folder == AT_FDCWD) {
      if (syscall(SYS_getcwd, base, sizeof base) < 0) return 0;
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1);
      if (length <= 0) return 0;
      base[length] = 0;
    }
    if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
  }
  return below(path);
}

static uint32_t chance(uint32_t limit) {
  if (!random_state) random_state = (control->seed ^ (uint32_t)syscall(SYS_gettid) * 2654435761u) | 1;
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state % limit;
}

/* Whether this call is to fail; sets errno then. */
static int fails(int call, const char *path) {
  __atomic_add_fetch(&control->seen[call], 1, __ATOMIC_RELAXED);
  if (call != READ) {
    uint64_t number = __atomic_add_fetch(&control->calls, 1, __ATOMIC_RELAXED);
    if (control->kill_at && number >= control->kill_at) syscall(SYS_kill, getpid(), SIGKILL);
  }
  if (!(control->mask & (1u << call)) || !control->per_million) return 0;
  if (control->match[0] && !strstr(path, control->match)) return 0;
  if (chance(1000000) >= control->per_million) return 0;
  int count = 0;
  while (count < 4 && control->errors[count]) count++;
  if (!count) return 0;
  __atomic_add_fetch(&control->hits[call], 1, __ATOMIC_RELAXED);
  errno = control->errors[chance(count)];
  return 1;
}

/* One record: op, thread, error, two path lengths, data length, position; then paths and data. The turn is ours. */
static void note(uint32_t op, int32_t error, const char *path, const char *other, uint64_t at, const struct iovec *parts, int count, size_t length) {
  if (log_fd < 0) return;
  int kept = errno;
  struct { uint32_t op, thread; int32_t error; uint32_t path, other, length; uint64_t at; } head = {
    op, (uint32_t)syscall(SYS_gettid), error, (uint32_t)strlen(path), other ? (uint32_t)strlen(other) : 0, (uint32_t)length, at };
  struct iovec out[1027] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)(other ? other : ""), head.other}};
  int used = 3;
  for (int i = 0; i < count && length > 0 && used < 1027; i++) {
    size_t take = parts[i].iov_len < length ? parts[i].iov_len : length;
    out[used++] = (struct iovec){parts[i].iov_base, take};
    length -= take;
  }
  if (length > 0 || syscall(SYS_writev, log_fd, out, used) < 0) abort();
  errno = kept;
}

#define LOCKED(code) do { pthread_mutex_lock(&turn); code; pthread_mutex_unlock(&turn); } while (0)

static int opened(int folder, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
  if (!full(folder, name, path) || !writes) return syscall(SYS_openat, folder, name, flags, mode);
  if (fails(OPEN, path)) return -1;
  int fd;
  LOCKED({
    struct stat there;
    int fresh = syscall(SYS_newfstatat, folder, name, &there, 0) < 0;
    fd = syscall(SYS_openat, folder, name, flags, mode);
    if (fd >= 0 && (flags & O_TMPFILE) != O_TMPFILE) {
      if (fresh) note(CREATED, 0, path, NULL, 0, NULL, 0, 0);
      else if ((flags & O_TRUNC) && there.st_size > 0) note(SIZED, 0, path, NULL, 0, NULL, 0, 0);
    }
  });
  return fd;
}

#define OPEN_MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *name, int flags, ...) { OPEN_MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { OPEN_MODE return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *name, int flags, ...) { OPEN_MODE return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { OPEN_MODE return opened(folder, name, flags | O_LARGEFILE, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static ssize_t written(int fd, const struct iovec *parts, int count, off_t at, int placed) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return placed ? syscall(SYS_pwritev, fd, parts, (long)count, (long)at, 0L) : syscall(SYS_writev, fd, parts, (long)count);
  if (fails(WRITE, path)) return -1;
  ssize_t done;
  LOCKED({
    done = placed ? syscall(SYS_pwritev, fd, parts, (long)count, (long)at, 0L) : syscall(SYS_writev, fd, parts, (long)count);
    if (done > 0) note(WRITTEN, 0, path, NULL, placed ? at : syscall(SYS_lseek, fd, 0L, (long)SEEK_CUR) - done, parts, count, done);
  });
  return done;
}

/* Pipes, terminals and sockets take the short way, as before. */
ssize_t write(int fd, const void *bytes, size_t length) {
  struct iovec part = {(void *)bytes, length};
  char path[PATH_MAX];
  return path_of(fd, path) ? written(fd, &part, 1, 0, 0) : syscall(SYS_write, fd, bytes, length);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { struct iovec part = {(void *)bytes, length}; return written(fd, &part, 1, at, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { struct iovec part = {(void *)bytes, length}; return written(fd, &part, 1, at, 1); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, 0, 0); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return written(fd, parts, count, at, 1); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return written(fd, parts, count, at, 1); }

static int synced(int fd, long number) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return syscall(number, fd);
  if (control->sync_us) usleep(chance(control->sync_us + 1));
  LOCKED(note(SYNC_BEGAN, 0, path, NULL, 0, NULL, 0, 0));
  int failed = fails(SYNC, path);
  if (!failed && control->sync_us) usleep(chance(control->sync_us + 1));
  LOCKED(note(SYNC_ENDED, failed ? errno : 0, path, NULL, 0, NULL, 0, 0));
  return failed ? -1 : 0;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int sized(int fd, off_t size) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return syscall(SYS_ftruncate, fd, size);
  if (fails(TRUNCATE, path)) return -1;
  int result;
  LOCKED({ result = syscall(SYS_ftruncate, fd, size); if (result == 0) note(SIZED, 0, path, NULL, size, NULL, 0, 0); });
  return result;
}
int ftruncate(int fd, off_t size) { return sized(fd, size); }
int ftruncate64(int fd, off64_t size) { return sized(fd, size); }

static int cut(const char *name, off_t size) {
  char path[PATH_MAX];
  if (!full(AT_FDCWD, name, path)) return syscall(SYS_truncate, name, size);
  if (fails(TRUNCATE, path)) return -1;
  int result;
  LOCKED({ result = syscall(SYS_truncate, name, size); if (result == 0) note(SIZED, 0, path, NULL, size, NULL, 0, 0); });
  return result;
}
int truncate(const char *name, off_t size) { return cut(name, size); }
int truncate64(const char *name, off64_t size) { return cut(name, size); }

/* Room is taken, not filled: the file grows by nothing that can be lost. */
static int grown(int fd, off_t at, off_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return syscall(SYS_fallocate, fd, 0L, (long)at, (long)length) < 0 ? errno : 0;
  if (fails(WRITE, path)) return errno;
  int result;
  LOCKED({
    struct stat now;
    result = syscall(SYS_fallocate, fd, 0L, (long)at, (long)length) < 0 ? errno : 0;
    if (result == 0 && syscall(SYS_newfstatat, fd, "", &now, AT_EMPTY_PATH) == 0) note(SIZED, 0, path, NULL, now.st_size, NULL, 0, 0);
  });
  return result;
}
int posix_fallocate(int fd, off_t at, off_t length) { return grown(fd, at, length); }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return grown(fd, at, length); }

static int moved(int folder, const char *name, int to, const char *other, unsigned flags) {
  char path[PATH_MAX], target[PATH_MAX];
  int ours = full(to, other, target);
  if (!full(folder, name, path) && !ours) return syscall(SYS_renameat2, folder, name, to, other, flags);
  if (fails(RENAME, target)) return -1;
  int result;
  LOCKED({ result = syscall(SYS_renameat2, folder, name, to, other, flags); if (result == 0) note(RENAMED, 0, path, target, 0, NULL, 0, 0); });
  return result;
}
int rename(const char *name, const char *other) { return moved(AT_FDCWD, name, AT_FDCWD, other, 0); }
int renameat(int folder, const char *name, int to, const char *other) { return moved(folder, name, to, other, 0); }
int renameat2(int folder, const char *name, int to, const char *other, unsigned flags) { return moved(folder, name, to, other, flags); }

static int removed(int folder, const char *name, int flags) {
  char path[PATH_MAX];
  if (!full(folder, name, path)) return syscall(SYS_unlinkat, folder, name, flags);
  if (fails(UNLINK, path)) return -1;
  int result;
  LOCKED({
    result = syscall(SYS_unlinkat, folder, name, flags);
    if (result == 0) note(flags & AT_REMOVEDIR ? REMOVED : UNLINKED, 0, path, NULL, 0, NULL, 0, 0);
  });
  return result;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name) {
  int result = removed(AT_FDCWD, name, 0);
  return result < 0 && errno == EISDIR ? removed(AT_FDCWD, name, AT_REMOVEDIR) : result;
}

static int made(int folder, const char *name, mode_t mode) {
  char path[PATH_MAX];
  if (!full(folder, name, path)) return syscall(SYS_mkdirat, folder, name, mode);
  if (fails(MKDIR, path)) return -1;
  int result;
  LOCKED({ result = syscall(SYS_mkdirat, folder, name, mode); if (result == 0) note(MADE, 0, path, NULL, 0, NULL, 0, 0); });
  return result;
}
int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return made(folder, name, mode); }

int linkat(int folder, const char *name, int to, const char *other, int flags) {
  char path[PATH_MAX], target[PATH_MAX];
  if (!full(to, other, target) || !full(folder, name, path)) return syscall(SYS_linkat, folder, name, to, other, flags);
  if (fails(LINK, target)) return -1;
  int result;
  LOCKED({ result = syscall(SYS_linkat, folder, name, to, other, flags); if (result == 0) note(LINKED, 0, path, target, 0, NULL, 0, 0); });
  return result;
}
int link(const char *name, const char *other) { return linkat(AT_FDCWD, name, AT_FDCWD, other, 0); }

static ssize_t taken(int fd, void *bytes, size_t length, off_t at) {
  char path[PATH_MAX];
  if (control && (control->mask & (1u << READ)) && path_of(fd, path) && fails(READ, path)) return -1;
  return syscall(SYS_pread64, fd, bytes, length, at);
}
ssize_t pread(int fd, void *bytes, size_t length, off_t at) { return taken(fd, bytes, length, at); }
ssize_t pread64(int fd, void *bytes, size_t length, off64_t at) { return taken(fd, bytes, length, at); }

/* Copies inside the kernel would pass by unseen; without them programs copy by reading and writing. */
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
  char path[PATH_MAX];
  if (path_of(to, path)) { errno = EXDEV; return -1; }
  return syscall(SYS_copy_file_range, from, at, to, there, length, flags);
}
