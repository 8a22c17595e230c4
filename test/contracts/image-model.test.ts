import { openLocalBfl } from "../support/providers/local-bfl.ts";
import { openLocalFal } from "../support/providers/local-fal.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import { openLocalOpenai } from "../support/providers/local-openai.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { openLocalReplicate } from "../support/providers/local-replicate.ts";
import { openLocalSdServer } from "../support/providers/local-sdapi.ts";
import { imageModelContract } from "./image-model.contract.ts";

const PROVIDERS: readonly (readonly [name: string, open: () => Promise<LocalProvider>])[] = [
  ["google", openLocalGoogle],
  ["openai", openLocalOpenai],
  ["fal", openLocalFal],
  ["replicate", openLocalReplicate],
  ["bfl", openLocalBfl],
  ["sdapi", openLocalSdServer],
];

for (const [name, open] of PROVIDERS) {
  const { outcomes, close } = await open();
  await close();
  imageModelContract(name, open, outcomes);
}
