/** A file name from a prompt: `a-glass-bottle-refracting-grid.jpg`. ASCII letters, digits and dashes only. */
export function pictureName(prompt: string, what: string): string {
  const words = prompt
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return `${words || "draftroom"}-${what}.jpg`;
}
