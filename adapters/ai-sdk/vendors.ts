import type { Vendor } from "./vendor.ts";

/** The providers, by their names in `models.yaml`. Each package is loaded only when it is asked for. */
export const VENDORS = {
  google: async (): Promise<Vendor> => (await import("./google/google.ts")).google,
  openai: async (): Promise<Vendor> => (await import("./openai/openai.ts")).openai,
  fal: async (): Promise<Vendor> => (await import("./fal/fal.ts")).fal,
  replicate: async (): Promise<Vendor> => (await import("./replicate/replicate.ts")).replicate,
  bfl: async (): Promise<Vendor> => (await import("./bfl/bfl.ts")).bfl,
} as const;
