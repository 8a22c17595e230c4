import { chatFormsContract } from "./chat-forms.contract.ts";
import { chatGatewayContract } from "./chat-gateway.contract.ts";
import { chatSenderContract } from "./chat-sender.contract.ts";
import { openDiscordGround } from "./discord-chat.ts";
import { openSlackGround } from "./slack-chat.ts";
import { openStudioGround } from "./studio-chat.ts";

chatSenderContract("the studio", openStudioGround);
// How events arrive makes no difference to it.
chatSenderContract("Slack", () => openSlackGround("socket"));
chatSenderContract("Discord", openDiscordGround);

const GATEWAYS = [
  ["the studio", openStudioGround],
  ["Slack by socket", () => openSlackGround("socket")],
  ["Slack by HTTP", () => openSlackGround("http")],
  ["Discord", openDiscordGround],
] as const;
for (const [name, openGround] of GATEWAYS) {
  chatGatewayContract(name, openGround);
  chatFormsContract(name, openGround);
}
