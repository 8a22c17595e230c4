/** What Slack takes at most, in characters where nothing else is said. */
export const LIMITS = {
  /** Blocks of a modal or home page. https://docs.slack.dev/reference/block-kit/blocks */
  viewBlocks: 100,
  /**
   * All blocks of a message together, as `weigh` counts them. Slack documents no number; messages are
   * refused (`msg_blocks_too_long`) from about 13,200 on. https://github.com/slackapi/bolt-js/issues/2509
   */
  messageWeight: 12_000,
  /**
   * UTF-8 bytes of the escaped `text`. chat.update answers `msg_too_long` above 4,000.
   * https://docs.slack.dev/reference/methods/chat.update
   */
  textBytes: 3_900,
  /** https://docs.slack.dev/reference/block-kit/blocks/image-block */
  alt: 2_000,
  /** Buttons of one block; a card shows no more than that in all. https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  buttons: 25,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  label: 75,
  /** What a button means to us; the same page. */
  buttonValue: 2_000,
  /** A quiet line; Slack takes 3,000. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  note: 1_000,
  /** Title and buttons of a modal. https://docs.slack.dev/reference/views/modal-views */
  title: 24,
  /** Taken as bytes, to be safe. https://docs.slack.dev/reference/views/modal-views */
  privateMetadata: 3_000,
  /** Label and hint. https://docs.slack.dev/reference/block-kit/blocks/input-block */
  inputLabel: 2_000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  inputText: 3_000,
  placeholder: 150,
  /** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
  options: 100,
  /** Text and value. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  option: 75,
} as const;
