import { enterPrescriber } from '#edge/enter-prescriber.ts';

export const load = async (event) => {
  const { space } = await enterPrescriber(event);
  return { garden: space.gardenName };
};
