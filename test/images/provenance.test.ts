import { expect, it } from "vitest";
import { toXmp } from "../../src/images/provenance.ts";

it.each(["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia"] as const)(
  "%s is said in the words of the IPTC",
  (source) => {
    const xmp = toXmp({ source, system: "google/gemini-3-pro-image" });
    expect(xmp).toContain(
      `Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/${source}"`,
    );
    expect(xmp).toContain('xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"');
    expect(xmp).toContain('Iptc4xmpExt:AISystemUsed="google/gemini-3-pro-image"');
    expect(xmp).toContain('xmp:CreatorTool="Draftroom"');
  },
);

it.each([
  ['a"/><b c="&d', "a&quot;/&gt;&lt;b c=&quot;&amp;d"],
  ["a\u0000b\u001Bc\nd\uFFFEe\uD800f", "abcde\uFFFDf"],
  ["modèle/画像", "modèle/画像"],
  ["x".repeat(1000), "x".repeat(200)],
])("a system of any name stays inside its quotes: %#", (system, written) => {
  const xmp = toXmp({ source: "algorithmicMedia", system });
  expect(/AISystemUsed="([^"]*)"\/>/.exec(xmp)?.[1]).toBe(written);
});
