/**
 * How making an image can end badly. The word is kept with the take or final, decides nothing by
 * its text, and is what a person is told about.
 */
export const FAILURE_KINDS = [
  "blocked",
  "withheld",
  "no_image",
  "rate_limited",
  "overloaded",
  "quota",
  "timeout",
  "invalid",
  "no_model",
  "auth",
  "bad_image",
  "storage",
  "interrupted",
  "cancelled",
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** What happened in plain words, for the thread. What was charged (nothing) and the next step stand beside it on the card. */
export const FAILURE_SENTENCES: Readonly<Record<FailureKind, string>> = {
  blocked: "The image model refused this prompt.",
  withheld: "The image model made a picture, but its safety filter held it back.",
  no_image: "The image model sent no image.",
  rate_limited: "The image model had too many requests at once.",
  overloaded: "The image model is overloaded.",
  quota: "The account with the image model's provider has used up its quota.",
  timeout: "The image model took too long.",
  invalid: "The image model did not accept the request.",
  no_model: "The provider does not have this image model (any more).",
  auth: "The image model did not accept Draftroom's key.",
  bad_image: "The image model sent back a file that is not a usable image.",
  storage: "There was no room to keep the image.",
  interrupted: "The work was interrupted and could not be finished.",
  cancelled: "Cancelled.",
};

/** What to do about it. */
export const FAILURE_NEXT_STEPS: Readonly<Record<FailureKind, string>> = {
  blocked: "Try other words.",
  withheld: "Say it in other words, or try once more: the filter is not always the same.",
  no_image: "Try again, or other words.",
  rate_limited: "Try again in a minute.",
  overloaded: "Try again in a minute.",
  quota: "Whoever runs Draftroom has to raise it, or choose another model.",
  timeout: "Try again.",
  invalid: "Try another size or aspect, or tell whoever runs Draftroom.",
  no_model: "Choose another model, or tell whoever runs Draftroom.",
  auth: "Whoever runs Draftroom has to check the model's key.",
  bad_image: "Try again.",
  storage: "Whoever runs Draftroom has to free some disk space.",
  interrupted: "Try again.",
  cancelled: "Start it again whenever you like.",
};
