import { expect, it } from "vitest";
import { toSlackAddress } from "../../../../adapters/slack/gateway/slack-addresses.ts";

const API = "https://slack.com/api/";
const LOCAL = "http://127.0.0.1:4000/api/";

it.each([
  ["https://hooks.slack.com/commands/T1/2/x", API],
  ["https://files.slack.com/files-pri/T1-F1/fox.png", API],
  ["https://slack.com/a", API],
  ["https://files.slack-gov.com/a", API],
  ["http://127.0.0.1:4000/files/1", LOCAL],
  ["https://hooks.slack.com/a", LOCAL],
])("%s is Slack's, with the API at %s", (address, api) => {
  expect(toSlackAddress(address, api)?.href).toBe(address);
});

it.each([
  ["https://slack.com.evil.example/a", API],
  ["https://evilslack.com/a", API],
  ["https://evil.example/slack.com", API],
  ["https://ada:secret@files.slack.com/a", API],
  ["https://slack.com@evil.example/a", API],
  ["http://files.slack.com/a", API],
  ["https://files.slack.com:8443/a", API],
  ["http://127.0.0.1:4000/a", API],
  ["http://127.0.0.1:4001/a", LOCAL],
  ["http://localhost:4000/a", LOCAL],
  ["http://169.254.169.254/latest", LOCAL],
  ["file:///etc/passwd", API],
  ["not an address", API],
])("%s is not, with the API at %s", (address, api) => {
  expect(toSlackAddress(address, api)).toBeUndefined();
});
