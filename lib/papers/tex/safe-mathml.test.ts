import { expect, test } from "vitest";
import { isSafeMathml } from "#lib/papers/tex/safe-mathml.ts";

const namespace = 'xmlns="http://www.w3.org/1998/Math/MathML"';

test.each([
  `<math ${namespace}><mi>x</mi></math>`,
  `<math ${namespace} display="block" style="display:block math;"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>`,
  `<math ${namespace}><mi style="color:#ff0000;">x</mi><mspace width="0.1667em"></mspace></math>`,
  `<math ${namespace}><mo>&lt;</mo><mo>&#x2264;</mo><none/></math>`,
])("MathML passes: %s", (mathml) => {
  expect(isSafeMathml(mathml)).toBe(true);
});

test.each([
  "",
  "x",
  `<math ${namespace}><mi>x</mi>`,
  `<math ${namespace}><mi>x</math></mi>`,
  `<math ${namespace}></math><math ${namespace}></math>`,
  `<math ${namespace}></math>x`,
  `<math ${namespace}><math><mi>x</mi></math></math>`,
  `<math ${namespace}><script>alert(1)</script></math>`,
  `<math ${namespace}><a href="https://example.org">x</a></math>`,
  `<math ${namespace}><mi href="https://example.org">x</mi></math>`,
  `<math ${namespace}><mi onclick="alert(1)">x</mi></math>`,
  `<math ${namespace}><mi id="top">x</mi></math>`,
  `<math ${namespace}><mglyph src="https://example.org/x.png"/></math>`,
  `<math ${namespace}><annotation-xml encoding="text/html"><p>x</p></annotation-xml></math>`,
  `<math ${namespace}><maction actiontype="statusline#x">x</maction></math>`,
  `<math ${namespace}><merror><mi>x</mi></merror></math>`,
  `<math ${namespace}><mi style="background:url(https://example.org)">x</mi></math>`,
  `<math ${namespace}><mi style="width:expression(alert(1))">x</mi></math>`,
  `<math ${namespace}><mi class="a" class="b">x</mi></math>`,
  `<math ${namespace}><mi>a & b</mi></math>`,
  `<math ${namespace}><mi>&nbsp;</mi></math>`,
  `<math ${namespace}><!-- x --><mi>x</mi></math>`,
  `<math ${namespace}><![CDATA[<b>]]></math>`,
  '<math xmlns="http://www.w3.org/1999/xhtml"><mi>x</mi></math>',
])("everything else is refused: %s", (mathml) => {
  expect(isSafeMathml(mathml)).toBe(false);
});
