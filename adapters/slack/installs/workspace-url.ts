import { z } from "zod";

/** `url` of https://docs.slack.dev/reference/methods/auth.test, such as `https://acme.slack.com/`. Links can do without it. */
export const WORKSPACE_URL = z
  .url({ protocol: /^https?$/ })
  .optional()
  .catch(undefined);
