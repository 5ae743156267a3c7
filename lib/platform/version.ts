/** Of package.json, which a bundle cannot read; a test keeps the two equal. */
export const version = "0.1.0";
