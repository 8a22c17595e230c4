import { z } from "zod";
import { isLoopback } from "../core/loopback.ts";
import { Secret } from "../core/secret.ts";

// What a setting may be. Messages follow the setting's name and never quote its value: it may be secret.

/** Digits only: no sign, no point. */
export const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, "is a whole number")
    .default(`${fallback}`)
    .transform(Number)
    .pipe(z.number().min(min, `is at least ${min}`).max(max, `is at most ${max}`));

/** An address with a password in it. `toNodes` takes apart a value that holds several. */
export const secretUrl = (
  protocols: readonly string[],
  toNodes = (value: string): readonly string[] => [value],
) =>
  z
    .string()
    .refine(
      (value) => toNodes(value).every((each) => protocols.includes(protocolOf(each))),
      `starts with ${protocols.join("// or ")}//`,
    )
    .transform((value) => new Secret(value));

export const secret = (type = z.string().min(16, "has at least 16 characters")) =>
  type.transform((value) => new Secret(value));

/** `https:`, or `http:` on this machine, where nobody listens in. */
export const safeUrl = () =>
  z.string().refine(isSafe, "starts with https:// (http:// only for this machine)").transform(toFolder);

/** Of a server of one's own, on a network where there may be no certificate. */
export const ownUrl = () =>
  z
    .string()
    .refine((value) => ["http:", "https:"].includes(protocolOf(value)), "starts with https:// or http://")
    .transform(toFolder);

export function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : "";
}

function toFolder(value: string): URL {
  return new URL(value.endsWith("/") ? value : `${value}/`);
}

function isSafe(value: string): boolean {
  const protocol = protocolOf(value);
  return protocol === "https:" || (protocol === "http:" && isLoopback(new URL(value).hostname));
}
