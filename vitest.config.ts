import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/services.ts"],
    pool: "forks",
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    reporters: process.env.CI === undefined ? ["default"] : ["default", "github-actions"],
  },
});
