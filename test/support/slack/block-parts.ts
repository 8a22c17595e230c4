// Blocks in few words, for tests of the local Slack.

export type Block = Record<string, unknown>;
export const plain = (text: string) => ({ type: "plain_text", text });
export const button = (more: Block = {}) => ({ type: "button", text: plain("1"), action_id: "a", ...more });
export const actions = (...elements: Block[]) => ({ type: "actions", elements });
export const input = (element: Block, more: Block = {}) => ({
  type: "input",
  label: plain("Prompt"),
  element,
  ...more,
});
export const option = (text: string, value = text) => ({ text: plain(text), value });
export const rich = (...elements: Block[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
export const x = (length: number) => "x".repeat(length);
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
