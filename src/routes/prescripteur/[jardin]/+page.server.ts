import { sentPeople } from '#domains/solidarity/index.server.ts';
import { enterPrescriber } from '#edge/enter-prescriber.ts';

export const load = async (event) => {
  const { who, space, base, today } = await enterPrescriber(event);
  return { base, structure: space.prescriberName, garden: space.gardenName, sent: await sentPeople(who, today) };
};
