/** Who the bot's messages come from, to the server and the page alike. No person may have this id. */
export const BOT_ID = "draftroom";
export const BOT_NAME = "Draftroom";
