import { defineConfig } from 'vitest/config'
import { hasForeignPeers } from './build/launch/foreign.mjs'

const second = 1000

// Processes of their own, because native modules and killed workers must not meet in one.
export default defineConfig({
  test: {
    pool: 'forks',
    // One more than two cores: most tests of the whole wait for a clock or a line.
    maxWorkers: 3,
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src-{main,worker}/**/*.test.ts', 'build/**/*.test.ts'],
          testTimeout: 60 * second,
          hookTimeout: 60 * second,
        },
      },
      {
        extends: true,
        test: {
          // Pure functions: nothing that one file leaves behind can be seen by another.
          name: 'pure',
          isolate: false,
          include: ['src-{shared,renderer}/**/*.test.{ts,tsx}'],
          testTimeout: 60 * second,
        },
      },
      { extends: true, test: { name: 'rules', include: ['tests/rules/**/*.test.ts'], testTimeout: 60 * second } },
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['tests/flows/**/*.test.ts'],
          exclude: hasForeignPeers ? [] : ['tests/flows/foreign/**'],
          testTimeout: 60 * second,
          hookTimeout: 60 * second,
        },
      },
      {
        extends: true,
        test: { name: 'chaos', include: ['tests/chaos/**/*.test.ts'], testTimeout: 180 * second, hookTimeout: 120 * second },
      },
    ],
  },
})
