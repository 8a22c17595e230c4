export const KEEPS = ["loose", "close", "exact"] as const;
/** How closely a final follows its take. */
export type Keep = (typeof KEEPS)[number];

export const KEEP_DEFAULT: Keep = "close";

/** The same as the strength of a guide: 0 ignores it, 1 copies it. */
export const STRENGTH_OF: Readonly<Record<Keep, number>> = { loose: 0.6, close: 0.85, exact: 0.95 };
