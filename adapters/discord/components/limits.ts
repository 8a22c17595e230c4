/** What Discord takes at most, in characters where nothing else is said. */
export const LIMITS = {
  /** Components of a message, those inside of others too. https://docs.discord.com/developers/components/reference */
  components: 40,
  /**
   * All Text Displays of a message together. Discord's page has no number yet; it is said in
   * https://github.com/discord/discord-api-docs/pull/8562
   */
  text: 4_000,
  /**
   * Bytes of all words of a message together, in UTF-8, with `componentBytes` for each component: above that Discord
   * answers 500. https://github.com/discord/discord-api-docs/issues/8554 measured it of Text Displays; whether other
   * words count is not known, so here all do.
   */
  bytes: 10_170,
  componentBytes: 12,
  /** Bytes of the quiet lines at the end. */
  noteBytes: 600,
  /** https://docs.discord.com/developers/components/reference#media-gallery */
  alt: 1_024,
  /** Bytes of that, so that enough is left for the words. */
  altBytes: 2_400,
  /** Of one row. https://docs.discord.com/developers/components/reference#action-row */
  rowButtons: 5,
  /** Actions of a card: with their rows, a picture, a file and a link they are fewer than 40 components. */
  buttons: 25,
  /** Discord takes 80, and advises this. https://docs.discord.com/developers/components/reference#button-design-guidelines */
  label: 38,
  /** https://docs.discord.com/developers/components/reference#button */
  url: 512,
  /** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
  title: 45,
  /** Words above the fields are one of them. */
  fields: 5,
  /** Before signs are made literal: each may become two characters of the 4,000 that Discord takes. */
  intro: 2_000,
  /** https://docs.discord.com/developers/components/reference#label */
  fieldLabel: 45,
  fieldDescription: 100,
  /** https://docs.discord.com/developers/components/reference#text-input */
  inputText: 4_000,
  placeholder: 100,
  /** https://docs.discord.com/developers/components/reference#string-select */
  options: 25,
  option: 100,
} as const;
