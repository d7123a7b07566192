/** The door of workshops: what the garden invites people to, who comes, and what is shown of it. */
export { writeWorkshops } from './documents/agenda.ts';
export type { WorkshopFigures } from './rules/workshop.ts';
export { claimWorkshop, workshopPayers } from './server/claim-cost.ts';
export { cancelWorkshop, changeWorkshop, createWorkshop } from './server/commands.ts';
export { enrolSomebody, noteAttendance, withdrawSomebody } from './server/enrol.ts';
export { forgetGuests, remindWorkshops } from './server/night.ts';
export { agreeOwn, enrolOwn, type OwnEnrolment, ownWorkshops, withdrawOwn } from './server/own.ts';
export {
  addPhoto,
  removeWorkshopPhoto,
  shownPhotoFile,
  shownPhotos,
  type WorkshopPhoto,
  workshopPhotoFile,
  workshopPhotos,
} from './server/photos.ts';
export {
  heldFigures,
  heldWorkshops,
  type PublicWorkshop,
  publicWorkshop,
  publicWorkshops,
  type WorkshopRow,
  workshopList,
  workshopPage,
} from './server/read.ts';
export { attendanceSheet } from './server/sheet.ts';
export type { Enrolment, Workshop } from './server/store.ts';
