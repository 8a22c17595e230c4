import { openServer, withFolder } from "./ground.ts";
import { openGoogle, openMaking } from "./make-with-google.ts";

/* Makes so many finals in 4K at the same time, with the provider at that address, and prints the most memory that it took, in bytes. */
const [url = "", count = "1"] = process.argv.slice(2);
const ground = await openServer();
if (ground === undefined) throw new Error("PostgreSQL is not installed");
await withFolder(async (folder) => {
  const make = openMaking(ground, openGoogle(new URL(url)), folder);
  await Promise.all(
    Array.from({ length: Number(count) }, (_, index) => make(`final${index}`, "final", "4K")),
  );
});
await ground.close();
console.log(process.resourceUsage().maxRSS * 1024);
