/**
 * Which pages a browser may fetch while the pointer rests on a link: those of the application, never files, exports, or ways out. Served as
 * a file named by a header (src/edge/headers.ts), since no inline script is allowed; browsers that do not know it ignore it.
 */
const rules = {
  prefetch: [
    {
      where: {
        and: [
          { href_matches: '/*' },
          { not: { href_matches: ['/*.pdf*', '/*/export*', '/connexion*', '/deconnexion*', '/api/*', '/metrics', '/*\\?*format=*'] } },
        ],
      },
      eagerness: 'moderate',
    },
  ],
};

export const GET = () =>
  new Response(JSON.stringify(rules), {
    headers: { 'content-type': 'application/speculationrules+json', 'cache-control': 'public, max-age=86400' },
  });
