/** The door of messages: what is written to customers, what became of it, who wants what. */

export type { EventName } from './rules/events.ts';
export { clearBounce, noteReturned } from './server/bounces.ts';
export { deliverMessage } from './server/deliver.ts';
export { type GroupPreview, goesTo, previewGroup, sendGroup, stopGroup, tryGroup } from './server/group-send.ts';
export {
  type DraftAsk,
  dropDraft,
  faultsOfGroup,
  type GroupPage,
  type GroupRecipient,
  type GroupRow,
  groupList,
  groupPage,
  mostFileBytes,
  saveDraft,
  startGroup,
} from './server/groups.ts';
export {
  type CustomerMessages,
  customerMessages,
  letGoOfFiles,
  type MessagePage,
  type MessageRow,
  type MessagesAsked,
  messageFile,
  messageList,
  messagePage,
  messageSorts,
  retryMessage,
} from './server/list.ts';
export { type Letter, lastAbout, type Notice, notify, writeTo } from './server/notify.ts';
export { changePreferences, messagePreferences, type Preferences, type StopPage, stopMessages, stopPage } from './server/preferences.ts';
export { type BouncedAddress, bouncedAddresses, noteReturns, noteReturnsOfAll } from './server/returns.ts';
export { type SenderSettings, saveSender, senderSettings, sendTestLetter } from './server/settings.ts';
export { type LetterView, previewText, restoreText, saveText, type TextPage, type TextRow, textList, textPage } from './server/texts.ts';
