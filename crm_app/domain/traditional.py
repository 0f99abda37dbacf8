"""Headers in traditional characters, as ledgers from Taiwan, Hong Kong and Macao have them: 總投資(億元).

The table holds the characters that headers, titles and notes of ledgers are made of, no more: names of enterprises and
people stay as they are written.
"""

from __future__ import annotations

_TRADITIONAL = (
    "萬與專業個舉爭產畝億從儀價會體關內冊寫決況準憑劃別辦務動區協單佔縣參發變臺號後啓啟員響團園圍國場壇備復頭獎實審賓對導層屬崗帶幹庫應開強當錄態總戶執擴報擔擬掛據擱撐數時暫機來構標匯溝"
    "測點牽狀環電碼積稱稅競籤簡類約級紀納線組終紹經結絡統績續綜緩編繳羣職聯節範薦榮獲營見觀規觸譽計訂認讓訓議訊記許論設訪證評識訴話說説諾讀調談謂負責賬帳質貼資賽蹤達進選郵採裏裡鏈銷鎮長"
    "門問間隊階際隨難項頒預領題額饋驗註簽繫係歷齡圓廠綠傳優減併儲淨餘週佈製館離遞補償鄉"
)
_SIMPLIFIED = (
    "万与专业个举争产亩亿从仪价会体关内册写决况准凭划别办务动区协单占县参发变台号后启启员响团园围国场坛备复头奖实审宾对导层属岗带干库应开强当录态总户执扩报担拟挂据搁撑数时暂机来构标汇沟"
    "测点牵状环电码积称税竞签简类约级纪纳线组终绍经结络统绩续综缓编缴群职联节范荐荣获营见观规触誉计订认让训议讯记许论设访证评识诉话说说诺读调谈谓负责账账质贴资赛踪达进选邮采里里链销镇长"
    "门问间队阶际随难项颁预领题额馈验注签系系历龄元厂绿传优减并储净余周布制馆离递补偿乡"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return a text of as many characters, those of the table simplified."""
    return text if text.isascii() else text.translate(_TABLE)
