"""What the matrix expects: for every operation with an id in its path, every
kind of thing an id stands for, and every role that its card allows, a letter
for each state of the thing.

    2  done or shown (2xx)       c  409 conflict, wrong state
    n  404 not there, for them   u  422 a rule is broken, in that state

One letter alone holds for every state. The three columns are: the thing is
one's own; another's of the same consortium; another consortium's. Roles that
have no row must not be allowed by the card, and get 403 (nobody: 401) whatever
the thing is.

Of accounts and access requests one's own school is a colleague who is
responsible: who is not may neither appoint nor decide (test_minors.py).

S student  E enterprise  C school  O office  P operator  I integrator of an
enterprise  N nobody
"""

# In the order of the letters below.
STATES = {
    "consortium": "-", "school": "-", "post_category": "-",
    "session": "live revoked", "api_key": "live revoked",
    "account": "enabled disabled", "disclosure": "open ended",
    "identity_provider": "enabled disabled", "identity": "-",
    "access_request": "requested approved refused ended",
    "account_invitation": "open accepted revoked expired",
    "application": "applied shortlisted interviewing offered hired placed"
                   " withdrawn rejected expired",
    "capacity_request": "requested approved refused withdrawn",
    "comparison": "queued running done failed cancelled",
    "complaint": "open answered closed",
    "cooperation": "proposed agreed refused",
    "enterprise": "unverified verified rejected suspended",
    "graduate_destination": "declared confirmed denied verified returned",
    "import": "receiving queued running done failed",
    "offer": "made accepted declined withdrawn expired",
    "placement": "proposed accepted agreement_signed started completed"
                 " declined terminated lapsed",
    "posting": "draft published closed expired",
    "posting_feed_fetch": "taken not_modified failed",
    "quota_override": "coming holding over withdrawn",
    "round": "draft open closed running computed published cancelled final",
    "appeal": "open upheld refused withdrawn",
    "quota_notice": "open ended",
    "specialty_list": "draft comment decided published cancelled",
    "specialty_entry": "-",
    "specialty_appeal": "open upheld refused withdrawn",
    "run": "queued running done failed cancelled",
    "student": "active graduated left",
}

# operation             thing              who     own       other     elsewhere
TABLE = """
deleteSession           session            SEOP    n         n         n
deleteSession           session            C       2n        n         n
deleteApiKey            api_key            EO      n         n         n
deleteApiKey            api_key            C       2n        n         n
deleteAccountInvitation account_invitation EP      n         n         n
deleteAccountInvitation account_invitation C       2nnn      n         n
deleteAccountInvitation account_invitation O       2nnn      2nnn      n
disableAccount          account            EP      n         n         n
disableAccount          account            C       2         n         n
disableAccount          account            O       2         2         n
enableAccount           account            EP      n         n         n
enableAccount           account            C       2         n         n
enableAccount           account            O       2         2         n
resetAccountPassword    account            EP      n         n         n
resetAccountPassword    account            C       2n        n         n
resetAccountPassword    account            O       2n        2n        n
resetAccountTotp        account            EP      n         n         n
resetAccountTotp        account            C       2         n         n
resetAccountTotp        account            O       2         2         n
appointAccount          account            EP      n         n         n
appointAccount          account            C       2         n         n
appointAccount          account            O       2         2         n
dismissAccount          account            EP      n         n         n
dismissAccount          account            C       2         n         n
dismissAccount          account            O       2         2         n
getIdentityProvider     identity_provider  C       2         n         n
getIdentityProvider     identity_provider  O       2         2         n
updateIdentityProvider  identity_provider  C       2         n         n
updateIdentityProvider  identity_provider  O       2         2         n
deleteIdentityProvider  identity_provider  C       2         n         n
deleteIdentityProvider  identity_provider  O       2         2         n
deleteIdentity          identity           SEOP    n         n         n
deleteIdentity          identity           C       2         n         n
approveAccessRequest    access_request     EO      n         n         n
approveAccessRequest    access_request     C       2ccc      n         n
refuseAccessRequest     access_request     EO      n         n         n
refuseAccessRequest     access_request     C       2ccc      n         n
endAccessRequest        access_request     EO      n         n         n
endAccessRequest        access_request     C       c2cc      n         n
getConsortium           consortium         NSECOPI 2         2         2
getPolicy               consortium         SECOI   2         2         n
createPolicy            consortium         O       2         2         n
previewPolicy           consortium         O       2         2         n
listPolicyVersions      consortium         SECOI   2         2         n
listRarityEditions      consortium         SECOI   2         2         n
createRarityEdition     consortium         O       2         2         n
getRarityEdition        consortium         SECOI   2         2         n
getEnterprise           enterprise         SC      n2nn      n2nn      n
getEnterprise           enterprise         EI      2         n2nn      n
getEnterprise           enterprise         O       2         2         n
updateEnterprise        enterprise         E       2         n         n
verifyEnterprise        enterprise         O       2c22      2c22      n
rejectEnterprise        enterprise         O       2ccc      2ccc      n
suspendEnterprise       enterprise         O       c2cc      c2cc      n
listPostCategories      enterprise         EI      2         n         n
listPostCategories      enterprise         O       2         2         n
createPostCategory      enterprise         E       2         n         n
getPostCategory         enterprise         EI      2         n         n
getPostCategory         enterprise         O       2         2         n
getPostCategory         post_category      EI      2         n         n
getPostCategory         post_category      O       2         2         n
updatePostCategory      enterprise         E       2         n         n
updatePostCategory      post_category      E       2         n         n
deletePostCategory      enterprise         E       2         n         n
deletePostCategory      post_category      E       2         n         n
getQuota                enterprise         EI      2         n         n
getQuota                enterprise         O       2         2         n
listQuotaHistory        enterprise         EI      2         n         n
listQuotaHistory        enterprise         O       2         2         n
listQuotaStatements     enterprise         EI      2         n         n
listQuotaStatements     enterprise         O       2         2         n
createQuotaStatement    enterprise         E       2         n         n
createQuotaStatement    enterprise         O       2         2         n
getQuotaExemption       quota_override     EI      2         n         n
getQuotaExemption       quota_override     O       2         2         n
endQuotaExemption       quota_override     O       22cc      22cc      n
acknowledgeQuotaNotice  quota_notice       E       2         n         n
acknowledgeQuotaNotice  quota_notice       O       2         2         n
listDemandLists         enterprise         EI      2         n         n
listDemandLists         enterprise         O       2         2         n
getDemandList           enterprise         EI      2         n         n
getDemandList           enterprise         O       2         2         n
putDemandList           enterprise         E       2         n         n
getFeed                 enterprise         E       2         n         n
getFeed                 enterprise         O       2         2         n
putFeed                 enterprise         E       2         n         n
deleteFeed              enterprise         E       2         n         n
fetchFeed               enterprise         E       2         n         n
listFeedFetches         enterprise         E       2         n         n
listFeedFetches         enterprise         O       2         2         n
getFeedFetch            enterprise         E       2         n         n
getFeedFetch            enterprise         O       2         2         n
getFeedFetch            posting_feed_fetch E       2         n         n
getFeedFetch            posting_feed_fetch O       2         2         n
getSchool               school             SECOI   2         2         n
listHostUnits           school             SECO    2         2         n
putHostUnit             school             C       2         n         n
putHostUnit             enterprise         C       n2nn      n         n
deleteHostUnit          school             C       2         n         n
deleteHostUnit          enterprise         C       2         n         n
listCooperations        school             C       2         n         n
listCooperations        school             O       2         2         n
getStudent              student            SC      2         n         n
getStudent              student            O       2         2         n
updateStudent           student            SC      2         n         n
getStudentData          student            SC      2         n         n
listReads               student            SC      2         n         n
listReads               student            O       2         2         n
eraseStudent            student            SC      2         n         n
getDestination          student            SC      2         n         n
getDestination          student            E       n         n         n
getDestination          student            O       2         2         n
getDestination          graduate_destination SEC   2         n         n
getDestination          graduate_destination O     2         2         n
putDestination          student            SC      c         n         n
putDestination          graduate_destination SC    2         n         n
confirmDestination      student            SE      n         n         n
confirmDestination      graduate_destination S     c         n         n
confirmDestination      graduate_destination E     2c2cc     n         n
disputeDestination      student            EC      n         n         n
disputeDestination      graduate_destination E     22c2c     n         n
disputeDestination      graduate_destination C     2222c     n         n
verifyDestination       student            C       n         n         n
verifyDestination       graduate_destination C     22ucc     n         n
getFollowUp             student            SCO     n         n         n
putFollowUp             student            SC      c         n         n
verifyFollowUp          student            C       n         n         n
putPreferences          student            SC      2         n         n
getPreferences          student            SC      2         n         n
getPreferences          student            O       2         2         n
certifyPreferences      student            S       2         n         n
listMatches             student            SC      2         n         n
listMatches             student            O       2         2         n
getGuidance             student            SC      2         n         n
getMatch                student            SC      2         n         n
getMatch                student            O       2         2         n
getMatch                posting            SC      n222      n         n
getMatch                posting            O       n222      n222      n
getSpecialtyMapping     school             C       2         n         n
getSpecialtyMapping     school             O       2         2         n
updateSpecialtyMapping  school             C       2         n         n
getImport               import             C       n2222     n         n
getImport               import             EO      n         n         n
listImportRows          import             C       n2222     n         n
listImportRows          import             EO      n         n         n
getMarkedImport         import             C       ncccc     n         n
getMarkedImport         import             EO      n         n         n
getPosting              posting            SCO     n222      n222      n
getPosting              posting            EI      2         n222      n
updatePosting           posting            E       2         n         n
publishPosting          posting            E       2c22      n         n
renewPosting            posting            E       c2cc      n         n
closePosting            posting            E       c2cc      n         n
listCandidates          posting            E       2         n         n
listCandidates          posting            O       2         2         n
putPostingPreferences   posting            E       c2cc      n         n
getPostingPreferences   posting            E       2         n         n
getPostingPreferences   posting            O       2         2         n
listSuggestions         posting            E       2         n         n
getJobPosting           posting            SCO     n222      n222      n
getJobPosting           posting            EI      2         n222      n
getPublicPosting        posting            SECOPIN n2nn      n2nn      n2nn
listDuplicates          posting            E       2         n         n
listDuplicates          posting            O       n222      n222      n
getCooperation          posting            SECO    n         n         n
getCooperation          cooperation        S       n         n         n
getCooperation          cooperation        EC      2         n         n
getCooperation          cooperation        O       2         2         n
putCooperation          posting            E       ucuu      n         n
putCooperation          cooperation        E       2         n         n
agreeCooperation        posting            C       n         n         n
agreeCooperation        cooperation        C       2cc       n         n
refuseCooperation       posting            C       n         n         n
refuseCooperation       cooperation        C       22c       n         n
getApplication          application        SEC     2         n         n
getApplication          application        O       2         2         n
withdrawApplication     application        S       2222ccccc n         n
shortlistApplication    application        E       2cccccccc n         n
rejectApplication       application        E       222cccccc n         n
createInterview         application        E       222cccccc n         n
createInvitation        posting            E       c2cc      n         n
listPostingInvitations  posting            E       2         n         n
listPostingInvitations  posting            O       2         2         n
listInvitations         student            SC      2         n         n
listInvitations         student            O       2         2         n
createOffer             application        E       222cccccc n         n
getOffer                offer              SEC     2         n         n
getOffer                offer              O       2         2         n
acceptOffer             offer              S       2cccc     n         n
declineOffer            offer              S       2cccc     n         n
withdrawOffer           offer              E       2cccc     n         n
getContact              student            SC      2         n         n
putContact              student            SC      2         n         n
listDisclosures         student            SC      2         n         n
listDisclosures         student            O       2         2         n
withdrawDisclosure      disclosure         S       2c        n         n
getComplaint            complaint          S       2         n         n
getComplaint            complaint          E       n         n         n
getComplaint            complaint          O       2         2         n
answerComplaint         complaint          O       2cc       2cc       n
closeComplaint          complaint          S       22c       n         n
closeComplaint          complaint          E       n         n         n
closeComplaint          complaint          O       22c       22c       n
getRound                round              SEC     n22222n2  n22222n2  n
getRound                round              O       2         2         n
updateRound             round              O       2ccccccc  2ccccccc  n
openRound               round              O       2ccccccc  2ccccccc  n
extendRound             round              O       c2cccccc  c2cccccc  n
closeRound              round              O       c2cccccc  c2cccccc  n
cancelRound             round              O       22222ccc  22222ccc  n
getRoundPreferences     round              C       n22222n2  n22222n2  n
getRoundPreferences     round              O       2         2         n
listRoundReminders      round              SEC     n22222n2  n22222n2  n
listRoundReminders      round              O       2         2         n
listCapacityRequests    round              E       n22222n2  n22222n2  n
listCapacityRequests    round              O       n22222n2  n22222n2  n
createCapacityRequest   round              E       n22222nc  nuuuuunu  n
getCapacityRequest      round              EO      n         n         n
getCapacityRequest      capacity_request   E       2         n         n
getCapacityRequest      capacity_request   O       2         2         n
approveCapacityRequest  round              O       n         n         n
approveCapacityRequest  capacity_request   O       2ccc      2ccc      n
refuseCapacityRequest   round              O       n         n         n
refuseCapacityRequest   capacity_request   O       2ccc      2ccc      n
withdrawCapacityRequest round              E       n         n         n
withdrawCapacityRequest capacity_request   E       2ccc      n         n
runRound                round              O       cc2c2ccc  cc2c2ccc  n
listRuns                round              O       2         2         n
getRun                  round              O       nnn222n2  nnn222n2  n
getRun                  run                O       2         2         n
cancelRun               round              O       nnn2ccnc  nnn2ccnc  n
cancelRun               run                O       22ccc     22ccc     n
listComparisons         round              O       2         2         n
createComparison        round              O       uuuu22c2  uuuu22c2  n
getComparison           round              O       nnnn22n2  nnnn22n2  n
getComparison           comparison         O       2         2         n
cancelComparison        round              O       nnnn22n2  nnnn22n2  n
cancelComparison        comparison         O       22ccc     22ccc     n
getRoundInstance        round              SEC     nnnnn2n2  nnnnn2n2  n
getRoundInstance        round              O       nnnn22n2  nnnn22n2  n
getRoundResult          round              SEC     nnnnn2n2  nnnnn2n2  n
getRoundResult          round              O       nnnn22n2  nnnn22n2  n
publishRound            round              O       cccc2ccc  cccc2ccc  n
rerunRound              round              O       ccccc2cc  ccccc2cc  n
listMoves               round              O       nnn222n2  nnn222n2  n
listMoves               run                O       2         2         n
listPublications        round              SEC     n22222n2  n22222n2  n
listPublications        round              O       2         2         n
finalizeRound           round              O       ccccc2cc  ccccc2cc  n
createAppeal            round              S       ncccc2nc  ncccc2nc  n
createAppeal            round              EC      ncccc2nc  nccccunc  n
listAppeals             round              SEC     n22222n2  n22222n2  n
listAppeals             round              O       2         2         n
getAppeal               round              SC      nnnnn2nn  n         n
getAppeal               round              E       n         n         n
getAppeal               round              O       nnnnn2nn  nnnnn2nn  n
getAppeal               appeal             SC      2         n         n
getAppeal               appeal             E       n         n         n
getAppeal               appeal             O       2         2         n
upholdAppeal            round              O       nnnnn2nn  nnnnn2nn  n
upholdAppeal            appeal             O       2ccc      2ccc      n
refuseAppeal            round              O       nnnnn2nn  nnnnn2nn  n
refuseAppeal            appeal             O       2ccc      2ccc      n
withdrawAppeal          round              S       nnnnn2nn  n         n
withdrawAppeal          round              EC      n         n         n
withdrawAppeal          appeal             S       2ccc      n         n
withdrawAppeal          appeal             EC      n         n         n
getSpecialtyList        specialty_list     SE      nnn2n     nnn2n     n
getSpecialtyList        specialty_list     C       n222n     n222n     n
getSpecialtyList        specialty_list     O       2         2         n
openSpecialtyList       specialty_list     O       2cccc     2cccc     n
decideSpecialtyList     specialty_list     O       c2ccc     c2ccc     n
publishSpecialtyList    specialty_list     O       cc2cc     cc2cc     n
cancelSpecialtyList     specialty_list     O       222cc     222cc     n
listSpecialtyEntries    specialty_list     SE      nnn2n     nnn2n     n
listSpecialtyEntries    specialty_list     C       n222n     n222n     n
listSpecialtyEntries    specialty_list     O       2         2         n
getSpecialtyEntry       specialty_list     SE      nnn2n     nnn2n     n
getSpecialtyEntry       specialty_list     C       n222n     nnn2n     n
getSpecialtyEntry       specialty_list     O       2         2         n
getSpecialtyEntry       specialty_entry    SE      n         n         n
getSpecialtyEntry       specialty_entry    C       2         n         n
getSpecialtyEntry       specialty_entry    O       2         2         n
decideSpecialtyEntry    specialty_list     O       c2ccc     c2ccc     n
decideSpecialtyEntry    specialty_entry    O       2         2         n
listSpecialtyAppeals    specialty_list     C       n222n     n222n     n
listSpecialtyAppeals    specialty_list     O       2         2         n
createSpecialtyAppeal   specialty_list     C       n2ccn     nuccn     n
getSpecialtyAppeal      specialty_list     C       n222n     n         n
getSpecialtyAppeal      specialty_list     O       n222n     n222n     n
getSpecialtyAppeal      specialty_appeal   C       2         n         n
getSpecialtyAppeal      specialty_appeal   O       2         2         n
answerSpecialtyAppeal   specialty_list     O       n2ccn     n2ccn     n
answerSpecialtyAppeal   specialty_appeal   O       2ccc      2ccc      n
withdrawSpecialtyAppeal specialty_list     C       n2ccn     n         n
withdrawSpecialtyAppeal specialty_appeal   C       2ccc      n         n
getStudentExplanation   round              SC      nnnnn2n2  n         n
getStudentExplanation   round              O       nnnn22n2  nnnn22n2  n
getStudentExplanation   student            SC      2         n         n
getStudentExplanation   student            O       2         2         n
getEnterpriseExplanation round             EI      nnnnn2n2  n         n
getEnterpriseExplanation round             O       nnnn22n2  nnnn22n2  n
getEnterpriseExplanation enterprise        EI      2         n         n
getEnterpriseExplanation enterprise        O       2         2         n
listRoundStudentsOfEnterprise round        EI      nnnnn2n2  n         n
listRoundStudentsOfEnterprise round        O       nnnn22n2  nnnn22n2  n
listRoundStudentsOfEnterprise enterprise   EI      2         n         n
listRoundStudentsOfEnterprise enterprise   O       2         2         n
listRoundStudentsOfSchool round            C       nnnnn2n2  n         n
listRoundStudentsOfSchool round            O       nnnn22n2  nnnn22n2  n
listRoundStudentsOfSchool school           C       2         n         n
listRoundStudentsOfSchool school           O       2         2         n
listRoundTotalsOfSchool round              C       nnnnn2n2  n         n
listRoundTotalsOfSchool round              O       nnnn22n2  nnnn22n2  n
listRoundTotalsOfSchool school             C       2         n         n
listRoundTotalsOfSchool school             O       2         2         n
getPlacement            placement          SEC     2         n         n
getPlacement            placement          O       2         2         n
approvePlacement        placement          C       2ccccccc  n         n
refusePlacement         placement          C       2ccccccc  n         n
acceptPlacement         placement          S       2ccccccc  n         n
declinePlacement        placement          S       2ccccccc  n         n
startPlacement          placement          C       cu2ccccc  n         n
completePlacement       placement          C       ccc2cccc  n         n
terminatePlacement      placement          SEC     2222cccc  n         n
acknowledgeNotices      placement          SEC     cccccc22  n         n
getFiling               placement          SEC     2         n         n
getFiling               placement          O       2         2         n
putFiling               placement          C       222ccccc  n         n
getAgreement            placement          SEC     2         n         n
getAgreement            placement          O       2         2         n
putAgreement            placement          EC      c222cccc  n         n
putAgreement            placement          S       cc22cccc  n         n
signAgreement           placement          SEC     c222cccc  n         n
withdrawConsent         placement          SC      cc22cccc  n         n
listLogs                placement          SEC     2         n         n
listLogs                placement          O       2         2         n
createLog               placement          S       ccc22ccc  n         n
getLog                  placement          SEC     nnn22nnn  n         n
getLog                  placement          O       nnn22nnn  nnn22nnn   n
putSchoolMark           placement          C       nnn22nnn  n         n
putEnterpriseMark       placement          E       nnn22nnn  n         n
listEvaluations         placement          SEC     2         n         n
listEvaluations         placement          O       2         2         n
createEvaluation        placement          SE      cccc2ccc  n         n
getAcceptance           enterprise         EI      2         n         n
getAcceptance           enterprise         O       2         2         n
"""
