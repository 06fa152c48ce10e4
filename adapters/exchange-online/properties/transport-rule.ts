import type { Companions } from './describe.ts'
import { directoryProperties, properties, propertyTable, type Use } from './table.ts'

const conditionLists = `
  AnyOfCcHeader AnyOfCcHeaderMemberOf AnyOfRecipientAddressContainsWords AnyOfRecipientAddressMatchesPatterns
  AnyOfToCcHeader AnyOfToCcHeaderMemberOf AnyOfToHeader AnyOfToHeaderMemberOf AttachmentContainsWords
  AttachmentExtensionMatchesWords AttachmentMatchesPatterns AttachmentNameMatchesPatterns
  AttachmentPropertyContainsWords BetweenMemberOf1 BetweenMemberOf2 ContentCharacterSetContainsWords From
  FromAddressContainsWords FromAddressMatchesPatterns FromMemberOf HeaderContainsWords HeaderMatchesPatterns
  ManagerAddresses RecipientADAttributeContainsWords RecipientADAttributeMatchesPatterns
  RecipientAddressContainsWords RecipientAddressMatchesPatterns RecipientDomainIs RecipientInSenderList
  SenderADAttributeContainsWords SenderADAttributeMatchesPatterns SenderDomainIs SenderInRecipientList
  SenderIpRanges SentTo SentToMemberOf SubjectContainsWords SubjectMatchesPatterns SubjectOrBodyContainsWords
  SubjectOrBodyMatchesPatterns`

const conditionTexts = `
  ADComparisonAttribute ADComparisonOperator FromScope HeaderContainsMessageHeader HeaderMatchesMessageHeader
  ManagerForEvaluatedUser MessageTypeMatches SenderManagementRelationship SentToScope WithImportance`

const conditionFlags = `
  AttachmentHasExecutableContent AttachmentIsPasswordProtected AttachmentIsUnsupported
  AttachmentProcessingLimitExceeded HasNoClassification`

/** From the time of DLP rules, or without a documented parameter. */
const conditionsThatNobodyTakes = `
  ContentMatchesPrompt ContentMatchesPromptVerdict MessageContainsAllDataClassifications
  MessageContainsDataClassifications`

function prefixed(names: string): string {
  return names.replace(/\S+/g, 'ExceptIf$&')
}

/** Exceptions are the conditions with a prefix. */
function predicates(use: Use, naming: (names: string) => string) {
  return [
    properties(use, 'set', naming(conditionLists)),
    properties(use, 'text', naming(conditionTexts)),
    properties(use, 'id', naming('HasClassification')),
    properties(use, 'flag', naming(conditionFlags)),
    properties(use, 'number', naming('SCLOver')),
    properties(use, 'size', naming('AttachmentSizeOver MessageSizeOver')),
    properties('unsendable', 'any', naming(conditionsThatNobodyTakes)),
    properties('unsendable', 'flag', naming('HasSenderOverride')),
  ]
}

/** https://learn.microsoft.com/powershell/module/exchange/new-transportrule */
export const transportRuleTable = propertyTable(
  directoryProperties,
  properties(
    'derived',
    'any',
    `Actions Conditions CreatedBy Description DlpPolicyId Exceptions ImmutableId IsRuleConfigurationSupported
     LastModifiedBy ManuallyModified Priority RegexSize RuleConfigurationUnsupportedReason RuleVersion Size`,
  ),
  properties('state', 'text', 'State'),
  properties(
    'setting',
    'text',
    'Comments Mode Name RecipientAddressType RuleErrorAction SenderAddressLocation',
  ),
  properties('setting', 'date', 'ExpiryDate'),
  // The service drops one that has passed.
  properties('stamp', 'date', 'ActivationDate'),
  properties('setting', 'flag', 'UseLegacyRegex'),
  properties('unsendable', 'text', 'DlpPolicy SenderNotificationType'),
  properties('unsendable', 'text', 'RuleSubType', ['None']),
  ...predicates('condition', (names) => names),
  ...predicates('exception', prefixed),
  properties(
    'action',
    'text',
    `AddManagerAsRecipientType ApplyHtmlDisclaimerFallbackAction ApplyHtmlDisclaimerLocation
     ApplyHtmlDisclaimerText GenerateIncidentReport GenerateNotification LogEventText PrependSubject
     RejectMessageEnhancedStatusCode RejectMessageReasonText RemoveHeader RouteMessageOutboundConnector
     SetAuditSeverity SetHeaderName SetHeaderValue SmtpRejectMessageRejectStatusCode SmtpRejectMessageRejectText`,
  ),
  properties(
    'action',
    'id',
    'ApplyClassification ApplyRightsProtectionCustomizationTemplate ApplyRightsProtectionTemplate',
  ),
  properties(
    'action',
    'set',
    'AddToRecipients BlindCopyTo CopyTo IncidentReportContent ModerateMessageByUser RedirectMessageTo',
  ),
  properties('action', 'number', 'SetSCL'),
  properties(
    'action',
    'flag',
    `ApplyOME DeleteMessage Disconnect ModerateMessageByManager Quarantine RemoveOME RemoveOMEv2
     RemoveRMSAttachmentEncryption RouteMessageOutboundRequireTls StopRuleProcessing`,
  ),
)

const conditionCompanions: readonly Companions[] = [
  { lead: 'HeaderContainsMessageHeader', follower: 'HeaderContainsWords', pair: true },
  { lead: 'HeaderMatchesMessageHeader', follower: 'HeaderMatchesPatterns', pair: true },
  { lead: 'BetweenMemberOf1', follower: 'BetweenMemberOf2', pair: true },
  { lead: 'ManagerAddresses', follower: 'ManagerForEvaluatedUser', pair: true },
  { lead: 'ADComparisonAttribute', follower: 'ADComparisonOperator', pair: false },
]

export const transportRuleCompanions: readonly Companions[] = [
  ...conditionCompanions,
  ...conditionCompanions.map(({ lead, follower, pair }) => ({
    lead: prefixed(lead),
    follower: prefixed(follower),
    pair,
  })),
  { lead: 'SetHeaderName', follower: 'SetHeaderValue', pair: true },
  { lead: 'ApplyHtmlDisclaimerText', follower: 'ApplyHtmlDisclaimerLocation', pair: false },
  { lead: 'ApplyHtmlDisclaimerText', follower: 'ApplyHtmlDisclaimerFallbackAction', pair: false },
]
