import type { Platform } from "../../src/platforms.ts";
import type { Attachment } from "../../src/ports/chat.ts";
import { plain } from "../images/pictures.ts";

/** The platform, whose people send a picture along with whatever they type. */
export async function withPicture(platform: Platform): Promise<Platform> {
  const bytes = await plain(48, 32, "#2a6").png().toBuffer();
  const picture: Attachment = { name: "harbour.png", read: async () => bytes };
  const { gateway } = platform;
  return {
    ...platform,
    gateway: {
      platform: gateway.platform,
      start: (inbox) =>
        gateway.start({
          ...inbox,
          command: (call) => inbox.command({ ...call, attachments: [picture] }),
        }),
      stop: () => gateway.stop(),
    },
  };
}
