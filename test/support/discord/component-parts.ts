// Components in few words, for tests of the local Discord.

export type Json = Record<string, unknown>;
export const words = (content = "a", more: Json = {}) => ({ type: 10, content, ...more });
export const button = (more: Json = {}) => ({ type: 2, style: 2, label: "1", custom_id: "a", ...more });
export const row = (...components: Json[]) => ({ type: 1, components });
export const select = (more: Json = {}) => ({ type: 3, custom_id: "s", options: [option("a")], ...more });
export const option = (label: string, more: Json = {}) => ({ label, value: label, ...more });
export const item = (url = "attachment://grid.png", more: Json = {}) => ({ media: { url }, ...more });
export const gallery = (...items: Json[]) => ({ type: 12, items });
export const section = (components: Json[], accessory: Json = button()) => ({
  type: 9,
  components,
  accessory,
});
export const container = (components: Json[], more: Json = {}) => ({ type: 17, components, ...more });
/** A message of components. */
export const layout = (components: Json[], more: Json = {}) => ({ flags: 1 << 15, components, ...more });

export const label = (component: Json, more: Json = {}) => ({
  type: 18,
  label: "Prompt",
  component,
  ...more,
});
export const input = (more: Json = {}) => ({ type: 4, custom_id: "i", style: 1, ...more });
export const modal = (components: Json[], more: Json = {}) => ({
  custom_id: "m",
  title: "Edit",
  components,
  ...more,
});

export const command = (more: Json = {}) => ({ name: "draft", description: "Draft a grid", ...more });
export const parameter = (more: Json = {}) => ({ type: 3, name: "prompt", description: "What", ...more });

export const x = (length: number) => "x".repeat(length);
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
