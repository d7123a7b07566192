type Feature = { latitude: number | null; longitude: number | null; properties: Record<string, unknown> };

/**
 * Places as GeoJSON (RFC 7946), for anybody's map: other sites may read it, and caches keep it for five minutes. What has no coordinates stands in it without
 * geometry, as the format allows.
 */
export function geoJson(features: readonly Feature[]): Response {
  const collection = {
    type: 'FeatureCollection',
    features: features.map(({ latitude, longitude, properties }) => ({
      type: 'Feature',
      geometry: latitude === null || longitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] },
      properties,
    })),
  };
  return new Response(JSON.stringify(collection), {
    headers: {
      'content-type': 'application/geo+json; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    },
  });
}
