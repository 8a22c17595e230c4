import type { Sharp } from "sharp";

/** How a picture came to be, for whoever meets it outside of the chat. */
export interface Provenance {
  /** Made by a trained model; made so over a photograph or another person's picture; drawn by rules alone. */
  readonly source: "trainedAlgorithmicMedia" | "compositeWithTrainedAlgorithmicMedia" | "algorithmicMedia";
  /** `{provider}/{model}`. */
  readonly system: string;
}

/** The vocabulary that `source` is from. */
const SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/";
/** More of a name than that is not written, so that pictures of few bytes have room for it. */
const SYSTEM_MAX = 200;

/**
 * The XMP that says it: Digital Source Type and AI System Used of the IPTC
 * (https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata, 2025.1; the values of the first
 * are at https://cv.iptc.org/newscodes/digitalsourcetype/), and the tool in XMP's own word.
 */
export function toXmp({ source, system }: Provenance): string {
  return (
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>` +
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about=""' +
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"' +
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"' +
    ' xmp:CreatorTool="Draftroom"' +
    ` Iptc4xmpExt:DigitalSourceType="${SOURCE_TYPES}${source}"` +
    ` Iptc4xmpExt:AISystemUsed="${escapeXml(system)}"/>` +
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
  );
}

/** The image, to be written as a JPEG or WebP with where it is from; as it is where that is undefined. See `addPngXmp`. */
export function withProvenance(image: Sharp, provenance: Provenance | undefined): Sharp {
  return provenance === undefined ? image : image.withXmp(toXmp(provenance));
}

/** An attribute's value; what XML 1.0 has no place for (§2.2) is left out. */
function escapeXml(text: string): string {
  return [...text.toWellFormed()]
    .filter((each) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(each))
    .slice(0, SYSTEM_MAX)
    .map((each) => ESCAPES[each] ?? each)
    .join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
