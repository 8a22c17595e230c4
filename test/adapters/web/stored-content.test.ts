import { expect, it } from "vitest";
import { decodeContent, encodeContent } from "../../../adapters/web/stored-content.ts";
import { channelRef, messageRef, userRef } from "../../../adapters/web/studio-refs.ts";
import { bold, channel, code, message, plainCard, type Span, text, user } from "../../../src/core/card.ts";
import type { GroupRef } from "../../../src/core/ids.ts";

const SPANS: Readonly<Record<Span["type"], Span>> = {
  text: text("words"),
  bold: bold("strong words"),
  code: code("/draft"),
  user: user(userRef("ada")),
  group: { type: "group", group: "studio:local:@directors" as GroupRef },
  channel: channel(channelRef("spring-launch")),
  message: message(messageRef("spring-launch", "M1"), "The final"),
};

it.each(Object.values(SPANS))("keeps what a card says: $type", (span) => {
  const content = { kind: "card", card: plainCard("info", "A card.", [[span]]), pixels: null } as const;
  expect(decodeContent(encodeContent(content))).toEqual(content);
});
