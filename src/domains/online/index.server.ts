/** The door of paying online: begun by a customer, opened at a provider, believed only once the provider was asked. */
/** For who asks for a payment about something of theirs. */
export { type TryAbout, triesAbout } from './server/about.ts';
export { checkLater, checkOnline } from './server/check.ts';
export { type Followed, followPayment, retryPayment } from './server/follow.ts';
export { type OnlineAsked, type OnlineList, type OnlineRow, onlineList, onlineSorts } from './server/list.ts';
export { type Heard, hearNotice } from './server/notices.ts';
export { type Opening, openPayment } from './server/open.ts';
export { type OwnPaying, ownPaying, payOwn } from './server/own.ts';
export { type OnlinePage, onlinePage } from './server/read.ts';
export { refundOnline, verifyOnline } from './server/refund.ts';
export { chooseProvider, type OnlineSettings, onlineSettings, saveHelloAsso, saveStripe, tryProvider } from './server/settings.ts';
export { type PaymentWish, paysOnline, startPayment } from './server/start.ts';
export { actInTest, lateBy, notifyOfTest, type TestAct, type TestSession, testActs, testSession } from './server/test-session.ts';
export { onlineTrail } from './trail.ts';
