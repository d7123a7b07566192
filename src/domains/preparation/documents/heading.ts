/** The heading of every sheet of the house (platform/pdf). */
export { drawHeading, type Heading, headingHeight, safeColor } from '#platform/pdf/heading.ts';
