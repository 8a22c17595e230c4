/** What stands for the checkpoint that the server has loaded, whichever that is. */
const LOADED: readonly string[] = ["", "default", "loaded"];

export function isLoaded(checkpoint: string): boolean {
  return LOADED.includes(checkpoint);
}

/**
 * Whether a checkpoint goes by one of these names. Servers say `dir/name.safetensors [hash]`, the file's whole
 * path, the name alone or a hash, and take any of them.
 */
export function isNamed(checkpoint: string, names: readonly (string | null | undefined)[]): boolean {
  return names.some(
    (name) => Boolean(name) && (name === checkpoint || bare(name ?? "") === bare(checkpoint)),
  );
}

function bare(name: string): string {
  const file = name.replace(/ \[[0-9a-f]+\]$/i, "").split(/[\\/]/);
  return (file.at(-1) ?? "").replace(/\.(?:safetensors|sft|ckpt|gguf|pt|pth|bin)$/i, "").toLowerCase();
}
