import { answerSheet } from '../answer.ts';

export const GET = (event) => answerSheet(event, 'depots');
