#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/time.h>
#include <time.h>
#include "shim.h"

/* The time of day is another one, and all clocks run faster, since the start of the program. */
static int64_t born_at;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int64_t exact(clockid_t clock) {
  static __typeof__(&clock_gettime) found;
  if (!found) found = REAL(clock_gettime);
  struct timespec now;
  found(clock, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void start_clock(void) { born_at = exact(CLOCK_MONOTONIC); }

int clock_gettime(clockid_t clock, struct timespec *now) {
  static __typeof__(&clock_gettime) found;
  if (!found) found = REAL(clock_gettime);
  int day = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  int running = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME;
  if (!control || !(day || running) || !(control->rate > 1 || (day && control->clock_ms))) return found(clock, now);
  int64_t at = exact(clock);
  if (control->rate > 1) at += (exact(CLOCK_MONOTONIC) - born_at) * (control->rate - 1);
  if (day) at += control->clock_ms * 1000000LL;
  now->tv_sec = at / 1000000000;
  now->tv_nsec = at % 1000000000;
  if (now->tv_nsec < 0) { now->tv_nsec += 1000000000; now->tv_sec--; }
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec at;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &at);
  *now = (struct timeval){at.tv_sec, at.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *into) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  if (into) *into = at.tv_sec;
  return at.tv_sec;
}

static int shorter(int ms) {
  return !control || control->rate < 2 || ms <= 0 ? ms : (ms + (int)control->rate - 1) / (int)control->rate;
}
int epoll_wait(int fd, struct epoll_event *events, int most, int ms) { return REAL(epoll_wait)(fd, events, most, shorter(ms)); }
int epoll_pwait(int fd, struct epoll_event *events, int most, int ms, const sigset_t *signals) {
  return REAL(epoll_pwait)(fd, events, most, shorter(ms), signals);
}
