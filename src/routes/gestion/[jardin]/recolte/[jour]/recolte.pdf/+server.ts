import { harvestSheet } from '#domains/composition/index.server.ts';
import { answerList } from '../answer.ts';

export const GET = (event) => answerList(event, harvestSheet, 'recolte', 'liste');
