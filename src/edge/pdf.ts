import { fileHeaders } from './export.ts';

/** Browsers show a PDF with a viewer of theirs, which a sandboxed answer would not let them open. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Answers a PDF to be looked at, named without its ending. */
export const answerPdf = ({ name, content }: { name: string; content: Buffer }): Response =>
  new Response(new Uint8Array(content), {
    headers: { ...fileHeaders(`${name}.pdf`, 'application/pdf', 'inline'), 'content-security-policy': policy },
  });
