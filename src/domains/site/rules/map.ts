import type { Activity } from '#domains/gardens/settings-map.ts';

type Garden = { activities: readonly Activity[]; solidarity: boolean; openPlaces: number };
type Asked = { activite: readonly Activity[]; solidaire: boolean; places: boolean };

/** Whether a garden has all that a visitor of the map asks for. */
export const answersMap = (garden: Garden, asked: Asked): boolean =>
  asked.activite.every((one) => garden.activities.includes(one)) &&
  (!asked.solidaire || garden.solidarity) &&
  (!asked.places || garden.openPlaces > 0);
