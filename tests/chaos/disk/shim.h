#include <stdint.h>

enum { OPEN, WRITE, SYNC, RENAME, UNLINK, TRUNCATE, MKDIR, LINK, READ, CALLS };

/* Shared with control.ts: offsets are part of the agreement. */
struct control {
  uint32_t mask;         /*  0 calls that may fail, bit by CALLS */
  uint32_t per_million;  /*  4 of them */
  int32_t errors[4];     /*  8 which errors, 0: none further */
  int64_t clock_ms;      /* 24 added to the time of day */
  uint64_t kill_at;      /* 32 changing call at which the program ends; 0: never */
  uint64_t calls;        /* 40 changing calls so far */
  uint64_t hits[CALLS];  /* 48 failed by us */
  uint64_t seen[CALLS];  /* 120 all below the folder */
  uint32_t seed;         /* 192 */
  uint32_t sync_us;      /* 196 how long a sync takes at most */
  char match[128];       /* 200 only paths with this in them */
  uint32_t rate;         /* 328 how many times as fast time passes, timers included; 0: as it does. Not to be changed later */
};

extern struct control *control;
void start_clock(void);
