/** The command whose answer is the one live message of what it starts. Its form has the same name. */
export const LIVE = "draft";
