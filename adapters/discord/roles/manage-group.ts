/**
 * Stands for a role in the ref of a group: whoever may manage a server by its own settings. Nobody's role has that
 * id, which is no number.
 */
export const MANAGE = "manage";
