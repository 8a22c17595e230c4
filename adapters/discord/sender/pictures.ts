import type { RawFile } from "discord.js";
import type { Picture } from "../../../src/core/card.ts";
import type { AssetId } from "../../../src/core/ids.ts";
import type { AssetFile, AssetReader } from "../../../src/ports/assets.ts";
import type { ShownPicture } from "../components/to-container.ts";
import { attachmentName, isOfAsset } from "./attachment-name.ts";
import type { StandingFile } from "./shown-files.ts";

/** A picture as a message shows it. */
export type BroughtPicture =
  | {
      readonly status: "shown";
      readonly shown: ShownPicture;
      /** What has to be sent along, or stands there already. */
      readonly file:
        | { readonly kind: "upload"; readonly file: RawFile }
        | { readonly kind: "kept"; readonly id: string };
    }
  | { readonly status: "missing"; readonly why: string };

export interface Pictures {
  /**
   * Chooses what of a picture a message can carry: the one in full resolution if that fits; otherwise its fitted view,
   * with the way to the original.
   *
   * @param limit of a file, in bytes.
   * @param standing what the message carries already, and is not sent again.
   */
  bring(picture: Picture, limit: number, standing: readonly StandingFile[]): Promise<BroughtPicture>;
}

interface Parts {
  readonly assets: AssetReader;
  readonly originals: { linkTo(asset: AssetId): URL | undefined };
}

type Facts = Omit<AssetFile, "bytes"> & { readonly size: number };

const FACTS_MAX = 1_000;
const MIB = 1024 * 1024;

export function createPictures({ assets, originals }: Parts): Pictures {
  /** Of originals: so that an edit need not read one only to say how large it is. */
  const known = new Map<AssetId, Facts>();

  async function factsOf(asset: AssetId): Promise<Facts | undefined> {
    const facts = known.get(asset);
    if (facts !== undefined) return facts;
    const file = await assets.find(asset);
    return file && note(asset, file);
  }

  function note(asset: AssetId, { mime, width, height, bytes }: AssetFile): Facts {
    const facts = { mime, width, height, size: bytes.length };
    known.set(asset, facts);
    const [oldest] = known.keys();
    if (known.size > FACTS_MAX && oldest !== undefined) known.delete(oldest);
    return facts;
  }

  /** What is said of an original that the message does not show itself. */
  async function besides(full: AssetId | undefined, limit: number): Promise<Omit<ShownPicture, "name">> {
    if (full === undefined) return { notes: [], original: undefined };
    const facts = await factsOf(full);
    if (facts === undefined) return { notes: ["The original is no longer kept"], original: undefined };
    const url = originals.linkTo(full);
    const what = `${facts.width} × ${facts.height}, ${inMib(facts.size)}`;
    if (url !== undefined) {
      const label = `Original (${inMib(facts.size)})`;
      return { notes: [`Shown smaller than the original (${what})`], original: { kind: "link", url, label } };
    }
    return {
      notes: [
        `Shown smaller: the original (${what}) is more than this server takes (${inMib(limit)})`,
        "Whoever runs Draftroom can add a way to the original (DISCORD_FILES_URL)",
      ],
      original: undefined,
    };
  }

  /** What the message carries already. */
  async function keep(
    { asset, full }: Picture,
    limit: number,
    standing: readonly StandingFile[],
  ): Promise<BroughtPicture | undefined> {
    const whole = full && standing.find(({ name }) => isOfAsset(name, full));
    if (whole) {
      const shown = { name: whole.name, notes: [], original: undefined };
      return { status: "shown", shown, file: { kind: "kept", id: whole.id } };
    }
    const view = standing.find(({ name }) => isOfAsset(name, asset));
    if (view === undefined) return undefined;
    const shown = { name: view.name, ...(await besides(full, limit)) };
    return { status: "shown", shown, file: { kind: "kept", id: view.id } };
  }

  /** The file, if it is there and fits. */
  async function fitting(asset: AssetId, limit: number): Promise<AssetFile | "too_large" | undefined> {
    if ((known.get(asset)?.size ?? 0) > limit) return "too_large";
    const file = await assets.find(asset);
    if (file === undefined) return undefined;
    return note(asset, file).size > limit ? "too_large" : file;
  }

  return {
    async bring(picture, limit, standing) {
      const kept = await keep(picture, limit, standing);
      if (kept !== undefined) return kept;
      const { asset, full, name } = picture;
      const whole = full && (await fitting(full, limit));
      if (full && whole && whole !== "too_large") {
        return upload(name, full, whole, { notes: [], original: undefined });
      }
      const view = await fitting(asset, limit);
      if (view === undefined) return { status: "missing", why: "it is no longer kept" };
      if (view !== "too_large") return upload(name, asset, view, await besides(full, limit));
      const why = `it is larger than this server takes (${inMib(limit)})`;
      return { status: "missing", why };
    },
  };
}

function upload(
  name: string,
  asset: AssetId,
  { mime, bytes }: AssetFile,
  more: Omit<ShownPicture, "name">,
): BroughtPicture {
  const called = attachmentName(name, asset, mime);
  const file = { name: called, data: bytes, contentType: mime };
  return { status: "shown", shown: { name: called, ...more }, file: { kind: "upload", file } };
}

function inMib(bytes: number): string {
  const mib = bytes / MIB;
  return `${mib < 10 ? Math.ceil(mib * 10) / 10 : Math.round(mib)} MiB`;
}
